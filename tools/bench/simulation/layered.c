/* Processes of threads that share a lock, a core for each process: eager accept at random, CPU in two equal parts around
   one wait, lock passed every 5 ms. The events of src/simulation for the same system, with the same statistics.
   usage: layered PROCESSES THREADS RATE_PER_SECOND REQUESTS   (exponential CPU 10 ms, I/O 40 ms) */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SUBBINS 9
#define BINS (64 << SUBBINS)
#define LOWEST ((1023 - 20) << SUBBINS)
#define SWITCH 5.0
#define POOL (1 << 20)

typedef struct { uint64_t s[2]; } rng;
static inline uint64_t next(rng *r) {
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

typedef struct { double arrived, part, io, left; int process, waits, link; } request;
static request *pool;
static int unused = -1, used = 0;
static int take(void) {
  if (unused >= 0) { int r = unused; unused = pool[r].link; return r; }
  return used++;
}
static void give(int r) { pool[r].link = unused; unused = r; }

typedef struct { int head, tail, length; } line;
static inline void append(line *l, int r) {
  pool[r].link = -1;
  if (l->length++ == 0) l->head = r; else pool[l->tail].link = r;
  l->tail = r;
}
static inline int shift(line *l) {
  if (l->length == 0) return -1;
  int r = l->head;
  l->head = pool[r].link;
  l->length--;
  return r;
}

typedef struct { double at; int r; } event;
static event *heap;
static int size = 0;
static void push(double at, int r) {
  int hole = size++;
  while (hole > 0) {
    int parent = (hole - 1) / 2;
    if (heap[parent].at <= at) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = (event){at, r};
}
static int pop(void) {
  int first = heap[0].r;
  event last = heap[--size];
  int hole = 0;
  for (;;) {
    int child = 2 * hole + 1;
    if (child >= size) break;
    if (child + 1 < size && heap[child + 1].at < heap[child].at) child++;
    if (heap[child].at >= last.at) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = last;
  return first;
}

/* Per process: who holds the lock, since when it runs, when its run ends and whether because its time is up. */
static int w, t, *holder, *serving, *ends;
static double *since, *until;
static line *wanting, *queued;
static double now, sum = 0, busy = 0;
static long served = 0, waited = 0;

static inline void schedule(int p) {
  request *q = &pool[holder[p]];
  since[p] = now;
  until[p] = now + q->left;
  ends[p] = 1;
  if (wanting[p].length > 0 && q->left > SWITCH) { until[p] = now + SWITCH; ends[p] = 0; }
}
static inline void want(int r) {
  request *q = &pool[r];
  int p = q->process;
  q->left = q->part;
  if (holder[p] < 0) { holder[p] = r; schedule(p); return; }
  append(&wanting[p], r);
  if (wanting[p].length == 1) {
    request *h = &pool[holder[p]];
    h->left -= now - since[p];
    busy += now - since[p];
    since[p] = now;
    if (h->left > SWITCH) { until[p] = now + SWITCH; ends[p] = 0; }
  }
}
static inline void start(int r) { serving[pool[r].process]++; want(r); }

int main(int argc, char **argv) {
  w = atoi(argv[1]); t = atoi(argv[2]);
  double gap = 1000 / atof(argv[3]);
  long n = atol(argv[4]), arrivals = 0;
  pool = malloc(POOL * sizeof(request)); heap = malloc(POOL * sizeof(event));
  holder = malloc(w * sizeof(int)); serving = calloc(w, sizeof(int)); ends = calloc(w, sizeof(int));
  since = calloc(w, sizeof(double)); until = malloc(w * sizeof(double));
  wanting = calloc(w, sizeof(line)); queued = calloc(w, sizeof(line));
  for (int p = 0; p < w; p++) { holder[p] = -1; until[p] = INFINITY; }
  rng gaps = {{1, 2}}, cpu = {{3, 4}}, io = {{5, 6}}, choice = {{7, 8}};
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  double arrival = exponential(&gaps) * gap;
  while (served < n) {
    int p = 0;
    for (int k = 1; k < w; k++) if (until[k] < until[p]) p = k;
    double wait = size > 0 ? heap[0].at : INFINITY;
    if (arrival <= until[p] && arrival <= wait) {
      now = arrival;
      int r = take();
      request *q = &pool[r];
      q->arrived = now;
      q->part = exponential(&cpu) * 5;
      q->io = exponential(&io) * 40;
      q->waits = 1;
      q->process = (int)((next(&choice) >> 32) * (uint64_t)w >> 32);
      if (serving[q->process] < t) start(r); else { append(&queued[q->process], r); waited++; }
      arrivals++;
      arrival += exponential(&gaps) * gap;
    } else if (until[p] <= wait) {
      now = until[p];
      int r = holder[p];
      request *q = &pool[r];
      q->left -= now - since[p];
      busy += now - since[p];
      int done = ends[p];
      if (!done) append(&wanting[p], r);
      holder[p] = shift(&wanting[p]);
      if (holder[p] >= 0) schedule(p); else until[p] = INFINITY;
      if (!done) continue;
      if (q->waits-- > 0) push(now + q->io, r);
      else {
        served++;
        sum += now - q->arrived;
        count(now - q->arrived);
        give(r);
        serving[p]--;
        int following = shift(&queued[p]);
        if (following >= 0) start(following);
      }
    } else {
      now = wait;
      want(pop());
    }
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  double seconds = (to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) * 1e-9;
  printf("%.0f %.6f %ld %.4f\n", n / seconds, sum / served, waited, busy / now / w);
  return 0;
}
