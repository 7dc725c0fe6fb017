import type { Field } from '../../reading/fields.js';
import { type KnownLine, status, time } from '../known.js';

const withUnit: Field = { kind: 'duration', msPerUnit: null };
/** A µ may be of either of its two characters, and in any encoding. */
const DURATION = '(\\d+(?:\\.\\d+)?[^\\d\\s.]{0,3}s)';

const SHARED = { basis: 'service', stamps: 'end', resolutionMs: 1, isAmongOthers: true } as const;

/** What Rails writes at the end of a request, behind its logger; the line of its beginning has the path. */
export const endOfRequestByLogger: KnownLine = {
  ...SHARED,
  name: "Rails's log",
  source: 'https://guides.rubyonrails.org/debugging_rails_applications.html#the-logger',
  layouts: [],
  patterns: [
    {
      pattern: new RegExp(
        `^[A-Z], \\[(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+) #\\d+\\] +[A-Z]+ -- [^:]*: (?:\\[[^\\]]*\\] )*Completed (\\d{3}) [\\w' -]*in ${DURATION}`,
      ),
      fields: [time, status, withUnit],
    },
  ],
  examples: [
    {
      line: 'I, [2026-11-30T12:00:00.282478 #7]  INFO -- : [6ef028e4] Completed 200 OK in 100ms (Views: 72.1ms | ActiveRecord: 12.2ms)',
      tells: { time: '2026-11-30T12:00:00.282Z', durationMs: 100, status: 200 },
    },
  ],
};

/** The last line of a request of Phoenix, of Rails in a terminal, and of others that write alike. */
export const endOfRequest: KnownLine = {
  ...SHARED,
  name: 'lines at the end of requests, as Phoenix and Rails write them',
  source: 'https://hexdocs.pm/phoenix/Phoenix.Logger.html',
  layouts: [],
  patterns: [
    {
      pattern: new RegExp(
        `^(?:\\S+ ){0,4}(?:Sent|Completed) (\\d{3})(?: [A-Za-z'-]+){0,4} in ${DURATION}(?: |$)`,
      ),
      fields: [status, withUnit],
    },
  ],
  examples: [
    { line: '[info] Sent 200 in 145ms', tells: { durationMs: 145, status: 200 } },
    {
      line: '12:00:00.374 request_id=b4f92e4a [info] Sent 404 in 389µs',
      tells: { durationMs: 0.389, status: 404 },
    },
    {
      line: 'Completed 500 Internal Server Error in 12ms (ActiveRecord: 3.1ms)',
      tells: { durationMs: 12, status: 500 },
    },
  ],
};
