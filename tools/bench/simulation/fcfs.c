/* G/G/c first come first served by the Kiefer-Wolfowitz recursion, with the statistics of src/simulation/fcfs.ts.
   usage: fcfs SERVERS REQUESTS   (Poisson arrivals, exponential service, load 0.9) */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SUBBINS 9
#define BINS (64 << SUBBINS)
#define LOWEST ((1023 - 20) << SUBBINS)

typedef struct { uint64_t s[2]; } rng;
static inline uint64_t next(rng *r) { /* xoroshiro128+ */
  uint64_t a = r->s[0], b = r->s[1], out = a + b;
  b ^= a;
  r->s[0] = ((a << 24) | (a >> 40)) ^ b ^ (b << 16);
  r->s[1] = (b << 37) | (b >> 27);
  return out;
}
static inline double exponential(rng *r) { return -log(((next(r) >> 11) + 0.5) * 0x1p-53); }

static double counts[BINS];
static inline void count(double value) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  int bin = (int)(bits >> (52 - SUBBINS)) - LOWEST;
  if (bin < 0) bin = 0;
  if (bin >= BINS) bin = BINS - 1;
  counts[bin]++;
}

int main(int argc, char **argv) {
  int c = atoi(argv[1]);
  long n = atol(argv[2]);
  double *freeAt = calloc(c, sizeof(double)), *starts = malloc(2048 * sizeof(double));
  for (int i = 0; i < 2048; i++) starts[i] = -1;
  rng gaps = {{1, 2}}, services = {{3, 4}};
  double at = 0, sum = 0, busy = 0;
  long waited = 0, rejected = 0;
  int oldest = 0;
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  for (long i = 0; i < n; i++) {
    at += exponential(&gaps) * 10 / (0.9 * c);
    double service = exponential(&services) * 10;
    double start = freeAt[0] > at ? freeAt[0] : at;
    if (start > at && starts[oldest] > at) { rejected++; continue; }
    starts[oldest] = start;
    oldest = oldest + 1 < 2048 ? oldest + 1 : 0;
    double end = start + service;
    if (c <= 12) {
      int k = 0;
      while (k + 1 < c && freeAt[k + 1] < end) { freeAt[k] = freeAt[k + 1]; k++; }
      freeAt[k] = end;
    } else {
      int hole = 0;
      for (;;) {
        int child = 2 * hole + 1;
        if (child >= c) break;
        if (child + 1 < c && freeAt[child + 1] < freeAt[child]) child++;
        if (freeAt[child] >= end) break;
        freeAt[hole] = freeAt[child];
        hole = child;
      }
      freeAt[hole] = end;
    }
    if (start > at) waited++;
    busy += service;
    sum += end - at;
    count(end - at);
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  double seconds = (to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) * 1e-9;
  printf("%.0f %.6f %ld %ld\n", n / seconds, sum / n, waited, rejected);
  return busy < 0;
}
