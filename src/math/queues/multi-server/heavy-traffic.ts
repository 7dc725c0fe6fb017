/**
 * Idle share below which queues of several servers are scaled from there by heavy traffic: matrices have lost half of
 * their digits, the sooner the more the services vary, and P(wait) is linear in it (Halfin and Whitt 1981: the regime
 * depends on idle·√servers).
 */
export const leastIdle = (scv: number, servers: number): number =>
  Math.min(1e-5 * Math.max(1, Math.sqrt(scv) / 10), 1e-4, 1e-2 / Math.sqrt(servers));
