#!/usr/bin/env python3
"""Measures which injected anomalies become episodes, beside a windowed Gaussian and Random Cut Forest; prints tables in Markdown.

    mvn -q -DskipTests package
    src/test/scripts/anomalies.py DIR [bike] [fried] [seasonal] [walk] [clean] [--seeds 1,2,3,4,5] [--no-forest]

DIR holds streams/bike_sharing_hour.csv, streams/fried.csv and drift/make_drift.py; what is absent is left out. Anomalies are injected from row 4,000 on, each kind in 0.5 % of the
rows: (a) a numeric column of one row at its maximum + half its range; (b) the label of one row off by 4 to 8 deviations of
the residual around it; (c) one column, for 24 rows as in the first; (d) the label of 48 rows higher by 40 % of its running mean, or
where that means nothing by one deviation. A hit is an episode that begins within a stretch or three rows after it; the others are false.
Credence has its defaults. The other two are given the threshold in hindsight: the lowest with one false episode in 1,000 rows.
"""
import csv, math, os, random, statistics, subprocess, sys, tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
START, SHARE, GAP = 4000, .005, 8
BIKE = 'season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum,windspeed'


class Stream:
    """A table, its label, what is injected, and the period of the label."""

    def __init__(self, head, rows, label, far=(), frozen=(), period=1, relative=False, options=()):
        self.head, self.rows, self.label, self.far, self.frozen = head, rows, label, far, frozen
        self.period, self.relative, self.options = period, relative, options

    def column(self, name):
        at = self.head.index(name)
        return [float(row[at]) for row in self.rows]


def deviations(y, period):
    """Of what is left of the label beside the median of its neighbours at the same hour, over a week around each row."""
    n, near = len(y), [period * k for k in (-3, -2, -1, 1, 2, 3)]
    left = [y[t] - statistics.median(y[t + k] for k in near if 0 <= t + k < n) for t in range(n)]
    sums, squares = [0.], [0.]
    for r in left:
        sums.append(sums[-1] + r)
        squares.append(squares[-1] + r * r)
    found = []
    for t in range(n):
        low, high = max(0, t - 84), min(n, t + 85)
        mean = (sums[high] - sums[low]) / (high - low)
        found.append(math.sqrt(max(0, (squares[high] - squares[low]) / (high - low) - mean * mean)))
    return found


def injected(s, seed):
    """The rows with anomalies, and (kind, from, to) of each."""
    rng, n, rows = random.Random(seed), len(s.rows), [row[:] for row in s.rows]
    y, at = s.column(s.label), s.head.index(s.label)
    deviation, most = deviations(y, s.period), round(SHARE * n)
    wanted = [('c', 24)] * (round(most / 24) if s.frozen else 0) + [('d', 48)] * max(1, round(most / 48))
    wanted += [('b', 1)] * most + [('a', 1)] * (most if s.far else 0)
    taken, stretches = [False] * n, []
    whole = all(v == round(v) for v in y)
    text = (lambda v: str(round(v))) if whole else repr
    for kind, size in wanted:
        first = rng.randrange(START, n - size)
        while any(taken[max(0, first - GAP):first + size + GAP]):
            first = rng.randrange(START, n - size)
        last = first + size
        taken[first:last] = [True] * size
        if kind == 'a':
            name = rng.choice(s.far)
            values = s.column(name)
            rows[first][s.head.index(name)] = repr(max(values) + .5 * (max(values) - min(values)))
        elif kind == 'b':
            off = rng.choice((-1, 1)) * rng.uniform(4, 8) * deviation[first]
            off = -off if s.relative and y[first] + off < 0 else off
            rows[first][at] = text(y[first] + off)
        elif kind == 'c':
            name = s.head.index(rng.choice(s.frozen))
            for t in range(first, last):
                rows[t][name] = rows[first][name]
        else:
            before = y[:first]
            off = .4 * statistics.fmean(before) if s.relative else statistics.pstdev(before)
            for t in range(first, last):
                rows[t][at] = text(y[t] + off)
        stretches.append((kind, first, last))
    return rows, stretches


def episodes(alarms):
    """The rows with which they begin: alarms with fewer than five others between are one."""
    begun, quiet = [], 5
    for t, alarm in enumerate(alarms):
        if alarm and quiet >= 5:
            begun.append(t)
        quiet = 0 if alarm else quiet + 1
    return begun


class Score:
    """Hits and stretches of each kind, false episodes and rows, summed over seeds."""

    def __init__(self):
        self.hits, self.all, self.false, self.rows = {}, {}, 0, 0

    def add(self, begun, stretches, rows, start=START):
        used = set()
        for kind, first, last in stretches:
            hit = [t for t in begun if first <= t < last + 3]
            used.update(hit)
            self.hits[kind] = self.hits.get(kind, 0) + bool(hit)
            self.all[kind] = self.all.get(kind, 0) + 1
        self.false += sum(t >= start and t not in used for t in begun)
        self.rows += rows - start
        return self

    def per_thousand(self):
        return 1000 * self.false / self.rows

    def line(self, name):
        cells = [f'{self.hits[k] / self.all[k]:.2f}' if k in self.all else '–' for k in 'abcd']
        whole = sum(self.hits.values()) / max(1, sum(self.all.values()))
        print(f'| {name} | {" | ".join(cells)} | {f"{whole:.2f}" if self.all else "–"} | {self.per_thousand():.2f} |', flush=True)


def in_hindsight(runs):
    """The score with the lowest threshold that makes at most one false episode in 1,000 rows; runs are (scores, stretches)."""
    ranked = sorted({round(v, 6) for scores, _ in runs for v in scores[START:]})
    low, high = 0, len(ranked) - 1
    best = None
    while low <= high:
        middle = (low + high) // 2
        score = Score()
        for scores, stretches in runs:
            score.add(episodes([v > ranked[middle] for v in scores]), stretches, len(scores))
        if score.per_thousand() <= 1:
            best, high = score, middle - 1
        else:
            low = middle + 1
    return best


def gaussian(y, window=200):
    """Deviations of each label from the mean of the last ones."""
    scores = []
    for t, v in enumerate(y):
        last = y[max(0, t - window):t]
        spread = statistics.pstdev(last) if len(last) > 2 else 0
        scores.append(abs(v - statistics.fmean(last)) / spread if spread > 0 else 0.)
    return scores


def write(path, head, rows):
    with open(path, 'w', newline='') as out:
        csv.writer(out).writerows([head, *rows])


def credence(path, label, options):
    """The rows with which episodes begin."""
    jar = os.path.join(ROOT, 'target', 'credence.jar')
    subprocess.run(['java', '-Xmx2g', '-jar', jar, 'evaluate', '--json', '--csv', path, '--label', label, '--predictions',
                    path + '.out', *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    begun, known = [], set()
    with open(path + '.out') as lines:
        for row in csv.DictReader(lines):
            if row['episode'] and row['episode'] not in known:
                known.add(row['episode'])
                begun.append(int(row['row']))
    return begun


def forest(paths):
    """The scores of Random Cut Forest of each table."""
    subprocess.run(['mvn', '-q', '-o', '-f', os.path.join(ROOT, 'pom.xml'), '-Prcf', 'test', '-Drcf.tables=' + ' '.join(paths)],
                   check=True, stdout=subprocess.DEVNULL)
    scores = []
    for path in paths:
        with open(path + '.rcf') as lines:
            scores.append([float(line) for line in lines])
    return scores


def table(path):
    with open(path) as lines:
        rows = list(csv.reader(lines))
    return rows[0], rows[1:]


def bike(folder):
    head, rows = table(os.path.join(folder, 'streams', 'bike_sharing_hour.csv'))
    kept = [head.index(c) for c in BIKE.split(',') + ['cnt']]
    return Stream([head[i] for i in kept], [[row[i] for i in kept] for row in rows], 'cnt', ['temp', 'atemp', 'hum', 'windspeed'],
                  ['temp', 'hum', 'windspeed'], 24, True, ['--features', BIKE])


def fried(folder):
    head, rows = table(os.path.join(folder, 'streams', 'fried.csv'))
    return Stream(head, rows[:20000], head[-1], head[:-1], head[:-1])


def series(values, period):
    rows = [[str(1600000000000 + 3600000 * t), repr(v)] for t, v in enumerate(values)]
    return Stream(['timestamp', 'value'], rows, 'value', period=period)


def seasonal(_):
    rng = random.Random(11)
    wave = lambda t, p: math.sin(2 * math.pi * t / p)
    return series([50 + 10 * wave(t, 24) + 5 * wave(t, 168) + rng.gauss(0, 2) for t in range(15000)], 24)


def autoregressive(share):
    def make(_):
        rng, y = random.Random(12), [0.]
        while len(y) < 15000:
            y.append(share * y[-1] + rng.gauss(0, 1))
        return series(y, 1)
    return make


STREAMS = {'bike': bike, 'fried': fried, 'seasonal': seasonal, 'ar': autoregressive(.9), 'walk': autoregressive(1)}
HEADING = '\n| {} | a | b | c | d | all | false in 1,000 |\n|---|---:|---:|---:|---:|---:|---:|'


def measure(name, stream, seeds, with_forest):
    print(HEADING.format(name), flush=True)
    own, windowed, paths, truths = Score(), [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            rows, stretches = injected(stream, seed)
            path = os.path.join(folder, f'{seed}.csv')
            write(path, stream.head, rows)
            own.add(credence(path, stream.label, stream.options), stretches, len(rows))
            windowed.append((gaussian([float(r[stream.head.index(stream.label)]) for r in rows]), stretches))
            paths.append(path)
            truths.append(stretches)
        own.line('Credence')
        in_hindsight(windowed).line('windowed Gaussian')
        if with_forest:
            in_hindsight(list(zip(forest(paths), truths))).line('Random Cut Forest')


def clean(folder):
    """False episodes where nothing is injected, from row 200 on; a change of the concept may be one."""
    print('\n| stream without anomalies | rows | episodes | in 1,000 |\n|---|---:|---:|---:|')
    with tempfile.TemporaryDirectory() as made:
        drift = os.path.join(folder, 'drift', 'make_drift.py')
        if os.path.exists(drift):
            subprocess.run([sys.executable, drift, made, '7'], check=True, stdout=subprocess.DEVNULL)
        tables = [(n[:-4], 'target', os.path.join(made, n)) for n in sorted(os.listdir(made)) if n.endswith('.csv')]
        for name, make in STREAMS.items():
            try:
                stream = make(folder)
            except FileNotFoundError:
                continue
            path = os.path.join(made, name + '-own.csv')
            write(path, stream.head, stream.rows)
            tables.append((name, stream.label, path, *stream.options))
        for name, label, path, *options in tables:
            begun = [t for t in credence(path, label, options) if t >= 200]
            rows = len(table(path)[1])
            print(f'| {name} | {rows} | {len(begun)} | {1000 * len(begun) / rows:.2f} |', flush=True)


def main(arguments):
    seeds, names, with_forest = [1, 2, 3, 4, 5], [], True
    folder = arguments.pop(0)
    while arguments:
        argument = arguments.pop(0)
        if argument == '--seeds':
            seeds = [int(s) for s in arguments.pop(0).split(',')]
        elif argument == '--no-forest':
            with_forest = False
        else:
            names.append(argument)
    for name in names or [*STREAMS, 'clean']:
        if name == 'clean':
            clean(folder)
            continue
        try:
            stream = STREAMS[name](folder)
        except FileNotFoundError as missing:
            print(f'\n{name}: left out, as there is no {missing.filename}')
            continue
        measure(name, stream, seeds, with_forest)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
