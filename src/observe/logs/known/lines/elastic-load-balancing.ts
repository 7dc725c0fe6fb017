import { type KnownLine, ORDERS } from '../known.js';

const REST = '$elb_status $target_status $received $sent "$request" "$agent" $rest';

/** Access logs of AWS's application load balancers: the target's seconds, −1 where no target answered. */
export const applicationLoadBalancer: KnownLine = {
  name: "AWS ALB's log with target_processing_time",
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
  layouts: [
    `$type $time $elb $client $target $reading $duration:s $writing ${REST.replace('$elb_status', '$status')}`,
  ],
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1,
  examples: [
    {
      line: 'https 2026-11-30T12:00:00.186641Z app/shop/0000000000000000 203.0.113.9:46532 10.0.1.12:8000 0.001 0.100 0.000 200 200 34 366 "GET https://shop.example.com:443/orders HTTP/1.1" "curl/8.5" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/shop/0 "Root=1-0-0" "shop.example.com" "-" 0 2026-11-30T12:00:00.085000Z "forward" "-" "-" "10.0.1.12:8000" "200" "-" "-"',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.186Z', path: 'https://shop.example.com:443/orders' },
    },
    {
      line: 'h2 2026-11-30T12:00:03.186641Z app/shop/0000000000000000 203.0.113.9:46532 - -1 -1 -1 502 - 34 366 "GET https://shop.example.com:443/ HTTP/2.0" "curl/8.5" - - - "Root=1-0-0" "-" "-" 0 2026-11-30T12:00:03.085000Z "forward" "-" "-" "-" "-" "-" "-"',
      tells: { durationMs: null, status: 502 },
    },
  ],
};

/** Access logs of AWS's classic load balancers. */
export const classicLoadBalancer: KnownLine = {
  name: "AWS CLB's log with backend_processing_time",
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html',
  layouts: [
    `$time $elb $client $backend $reading $duration:s $writing ${REST.replace('$elb_status', '$status')}`,
  ],
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '2026-11-30T12:00:00.186641Z shop-lb 203.0.113.9:2817 10.0.0.1:80 0.000073 0.100048 0.000057 200 200 0 29 "GET http://shop.example.com:80/orders HTTP/1.1" "curl/8.5" - -',
      tells: { time: '2026-11-30T12:00:00.186Z', durationMs: 100.048, status: 200, method: 'GET' },
    },
  ],
};

/** Logs of AWS's network load balancers tell of connections; how long a request took is not in them. */
export const networkLoadBalancer: KnownLine = {
  name: "AWS NLB's log of connections",
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html',
  layouts: ['tls 2.0 $time $elb $listener $client $target $connection $handshake $received $sent $rest'],
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1,
  remedy:
    "a network load balancer sees connections, not requests: fit the log of the server or proxy behind it, such as nginx's with $upstream_response_time",
  examples: [
    {
      line: 'tls 2.0 2026-11-30T12:00:00 net/shop/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:000000000000:certificate/0 - ECDHE-RSA-AES128-SHA tlsv12 - shop.example.com h2 h2 - 2026-11-30T11:59:59',
      tells: { time: '2026-11-30T12:00:00Z' },
    },
  ],
};
