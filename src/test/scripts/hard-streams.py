#!/usr/bin/env python3
"""Measures the defaults on streams that change, and on streams with wrong records; prints tables in Markdown.

    mvn -q -DskipTests package
    src/test/scripts/hard-streams.py DIR [drift] [poison] [contaminated] [--seeds 7,11]
        [--streams sea,walk] [--contaminations 20]

DIR holds streams/fried.csv, drift/make_drift.py and uci/{concrete,kin8nm,power-plant,wine-quality-red}/; what is
absent is left out. Each table says the figure, its bar, and whether it is met.
"""
import csv, math, os, random, statistics, subprocess, sys, tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')


class Row:
    """One prediction, beside the label that was learned."""

    def __init__(self, cells):
        self.number, self.label = int(cells['row']), float(cells['label'])
        self.mean, self.lower, self.upper = (number(cells[k]) for k in ('mean', 'lower', 'upper'))


def number(text):
    return float(text) if text else math.nan


def predictions(data, label, *options):
    """The predictions of all rows of a file, in order."""
    jar = os.path.join(ROOT, 'target', 'credence.jar')
    with tempfile.NamedTemporaryFile(suffix='.csv') as out:
        subprocess.run(['java', '-Xmx2g', '-jar', jar, 'evaluate', '--json', '--csv', data, '--label', label,
                        '--predictions', out.name, *options], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        with open(out.name) as lines:
            return [Row(cells) for cells in csv.DictReader(lines)]


def rmse(rows, truth=None):
    """Over the rows, against their labels or against those of another stream."""
    return math.sqrt(statistics.fmean((r.mean - (r.label if truth is None else truth[r.number])) ** 2 for r in rows))


def coverage(rows):
    return statistics.fmean(r.lower <= r.label <= r.upper for r in rows)


def accuracy(rows):
    return statistics.fmean((r.mean > .5) == (r.label > .5) for r in rows)


def say(name, value, bar, at_most=True):
    met = value <= bar if at_most else value >= bar
    print(f'| {name} | {value:.4f} | {"≤" if at_most else "≥"} {bar:.4g} | {"yes" if met else "no"} |', flush=True)


def heading(title):
    print(f'\n{title}\n\n| what | measured | bar | met |\n|---|---:|---:|---|', flush=True)


def covered(name, rows):
    c = coverage(rows)
    print(f'| {name}, coverage | {c:.4f} | 0.93 … 0.97 | {"yes" if .93 <= c <= .97 else "no"} |', flush=True)


def drift(folder, seed):
    heading(f'Streams that change, seed {seed}')
    ease = 1 if seed == 7 else 1.03
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, os.path.join(folder, 'drift', 'make_drift.py'), out, str(seed)], check=True,
                       stdout=subprocess.DEVNULL)
        stream = lambda name, *options: predictions(os.path.join(out, name + '.csv'), 'target', *options)
        for name in OPTIONS['streams']:
            if name in ('sea', 'blobs'):
                rows = stream(name, '--task', 'binary' if name == 'sea' else 'multiclass')
                if name == 'sea':
                    say('sea, whole, accuracy', accuracy(rows), .89 - (seed != 7) * .01, False)
                else:
                    right = statistics.fmean(r.mean == r.label for r in rows[5000:])
                    say('blobs, from row 5,000 on, accuracy', right, .90 - (seed != 7) * .01, False)
                continue
            rows = stream(name)
            covered(name, rows)
            if name == 'abrupt':
                for start in range(20_000, len(rows), 20_000):
                    say(f'abrupt, first 10,000 rows after {start:,}', rmse(rows[start:start + 10_000]), 1.55 * ease)
                    say(f'abrupt, next 10,000', rmse(rows[start + 10_000:start + 20_000]), 1.10 * ease)
                say('abrupt, whole', rmse(rows), 1.32 * ease)
            elif name == 'late':
                say('late, last 15,000 rows', rmse(rows[-15_000:]), 1.10 * ease)
            elif name == 'return':
                for start in range(20_000, len(rows), 10_000):
                    say(f'return, rows 1,000 to 10,000 after {start:,}', rmse(rows[start + 1_000:start + 10_000]),
                        1.35 * ease)
            elif name == 'rotate':
                say('rotate, last half', rmse(rows[len(rows) // 2:]), .80 * ease)
            elif name == 'walk':
                say('walk, last half', rmse(rows[len(rows) // 2:]), .60 * ease)
            elif name == 'scale':
                n = len(rows) // 3
                say('scale, from 2,000 rows after × 100 on, by the noise', rmse(rows[n + 2_000:2 * n]) / 100, 1.12 * ease)
                say('scale, from 2,000 rows after + 1,000 on', rmse(rows[2 * n + 2_000:]), 1.12 * ease)


def poison(folder):
    heading('Wrong records in Fried, against the clean stream')
    with open(os.path.join(folder, 'streams', 'fried.csv')) as lines:
        header, *clean = list(csv.reader(lines))
    clean = [[float(v) for v in row] for row in clean]
    truth = [row[-1] for row in clean]
    deviation = statistics.pstdev(truth)

    def learned(change):
        with tempfile.NamedTemporaryFile('w', suffix='.csv') as out:
            rows = csv.writer(out)
            rows.writerow(header)
            rows.writerows(change(i, list(row)) for i, row in enumerate(clean))
            out.flush()
            return predictions(out.name, header[-1])

    def put(row, column, value):
        row[column] = value
        return row

    def kelvin(columns):
        return lambda i, row: [v + 290 if i >= 5_000 and j in columns else v for j, v in enumerate(row)]

    def wrong(share):
        noise = random.Random(7)
        return lambda i, row: put(row, -1, row[-1] + noise.uniform(-20, 20) * deviation
                                  if noise.random() < share else row[-1])

    before = learned(lambda i, row: row)
    last = len(before) // 2
    for name, change, start in (
            ('a label of 10⁶ at row 5,000, from 500 rows later on', lambda i, r: put(r, -1, 1e6) if i == 5_000 else r, 5_500),
            ('a feature of 10⁶ at row 5,000, from 500 rows later on', lambda i, r: put(r, 0, 1e6) if i == 5_000 else r, 5_500),
            ('+ 290 on a feature, from 2,000 rows later on', kelvin({0}), 7_000),
            ('+ 290 on all features, from 2,000 rows later on', kelvin(set(range(len(header) - 1))), 7_000)):
        say(name + ', ratio', rmse(learned(change)[start:]) / rmse(before[start:]), 1.05)
    for share, bar in ((.01, 1.05), (.05, 1.10)):
        rows = learned(wrong(share))
        say(f'{share:.0%} wrong labels, last half, against clean labels', rmse(rows[last:], truth) / rmse(before[last:]), bar)
        covered(f'{share:.0%} wrong labels', [r for r in rows if r.label == truth[r.number]])


def contaminated(folder):
    heading('A tenth of the labels replaced, 20 units, root median squared error, mean over the seeds')
    bars = {'concrete': .0895, 'kin8nm': .0885, 'power-plant': .0485, 'wine-quality-red': .106}
    for name, bar in bars.items():
        base = os.path.join(folder, 'uci', name)
        if not os.path.isdir(base):
            continue
        with open(os.path.join(base, 'data.txt')) as lines:
            data = [[float(v) for v in line.split()] for line in lines if line.strip()]
        index = lambda which: [int(float(v)) for v in open(os.path.join(base, f'index_{which}.txt')).read().split()]
        columns = index('features') + index('target')
        errors = []
        for seed in range(OPTIONS['contaminations']):
            noise = random.Random(seed)
            rows = [[row[c] for c in columns] for row in data]
            noise.shuffle(rows)
            tenth = rows[:len(rows) // 10]
            low = [min(c) for c in zip(*tenth)]
            wide = [(max(c) - l) or 1 for c, l in zip(zip(*tenth), low)]
            with tempfile.NamedTemporaryFile('w', suffix='.csv') as out:
                out.write(','.join([f'x{j}' for j in range(len(columns) - 1)] + ['y']) + '\n')
                for row in rows:
                    cells = [(v - l) / w for v, l, w in zip(row, low, wide)]
                    if noise.random() < .1:
                        cells[-1] = noise.uniform(-50, 50)
                    out.write(','.join(repr(v) for v in cells) + '\n')
                out.flush()
                tested = predictions(out.name, 'y', '--set', 'credence.hidden=20')
            errors.append(math.sqrt(statistics.median((r.mean - r.label) ** 2 for r in tested)))
        say(f'{name}, {len(errors)} seeds', statistics.fmean(errors), bar)


OPTIONS = {'streams': ['abrupt', 'return', 'rotate', 'scale', 'sea', 'blobs', 'walk', 'late'], 'seeds': [7],
           'contaminations': 20}

if __name__ == '__main__':
    args = sys.argv[1:]
    for key, read in (('--seeds', lambda t: [int(v) for v in t.split(',')]), ('--streams', lambda t: t.split(',')),
                      ('--contaminations', int)):
        if key in args:
            at = args.index(key)
            OPTIONS[key[2:]] = read(args[at + 1])
            del args[at:at + 2]
    if not args or not os.path.isdir(args[0]):
        sys.exit('hard-streams: skipped, the first argument names no directory with the benchmark data')
    wanted = args[1:] or ['drift', 'poison', 'contaminated']
    if 'drift' in wanted:
        for s in OPTIONS['seeds']:
            drift(args[0], s)
    if 'poison' in wanted:
        poison(args[0])
    if 'contaminated' in wanted:
        contaminated(args[0])
