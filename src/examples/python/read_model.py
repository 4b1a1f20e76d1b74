#!/usr/bin/env python3
"""Predicts with a model from the posteriors topic: read_model.py [options] CHUNKS EVENTS > PREDICTIONS

CHUNKS: a line for each record of the topic, in their order: the value in hexadecimal.
EVENTS: a line for each event: event time in milliseconds, then the encoded columns (nan if missing), by commas.
PREDICTIONS: a line of JSON for each event. The page reading-the-model explains every step. Options:
--model KEY; --hidden and --activation as configured; --binary for two classes; --numeric with a 1 or 0 for each column
(is its feature numeric? all are without it); --seed of the draws; --network FILE with the moments in place of draws."""
import argparse, io, json, sys
import numpy as np
import posterior_variance

DRAWS, WALKS = 10_000, [0.0, 1e-4, 1e-3, 1e-2]
class Avro:  # the few types that the two schemas use
    def __init__(self, data): self.bytes = io.BytesIO(data)
    def long(self):
        n, shift, more = 0, 0, True
        while more:
            n, shift, more = n | ((b := self.bytes.read(1)[0]) & 127) << shift, shift + 7, b & 128
        return (n >> 1) ^ -(n & 1)
    def raw(self): return self.bytes.read(self.long())
    def floats(self): return np.frombuffer(self.raw(), "<f4").astype(float)
    def doubles(self):
        blocks = [np.zeros(0)]
        while (n := self.long()) != 0:
            n = n if n > 0 else (self.long(), -n)[1]
            blocks.append(np.frombuffer(self.bytes.read(8 * n), "<f8"))
        return np.concatenate(blocks)
    def record(self, **fields): return argparse.Namespace(**{name: getattr(self, kind)() for name, kind in fields.items()})
def chunk(value):
    """PosteriorChunk behind the five bytes of the Confluent wire format."""
    return Avro(value[5:]).record(modelKey="raw", epoch="long", step="long", events="long", index="long",
                                  count="long", checksum="long", format="long", payload="raw", publishedAt="long")
def snapshot(lines, key):
    """PosteriorSnapshot: the newest chunk of every index, if they are all of one version."""
    parts = [c for c in (chunk(bytes.fromhex(line)) for line in lines) if c.modelKey.decode() == key]
    newest = {c.index: c for c in parts}
    whole = [newest.get(i, parts[0]) for i in range(newest[0].count)] if 0 in newest else []
    if [c.index for c in whole] != [*range(len(whole))] or len({(c.epoch, c.step, c.checksum) for c in whole}) != 1:
        sys.exit("the topic holds no complete version of model '%s'" % key)
    return Avro(b"".join(c.payload for c in whole)).record(
        modelKey="raw", fingerprint="long", epoch="long", step="long", events="long", rejected="long",
        iterateMu="floats", iterateRho="floats", mu="floats", rho="floats", optimiser="floats",
        anchorMu="floats", anchorRho="floats", pastMu="floats", lastLayer="floats", observationNoise="doubles", drift="doubles",
        standardisation="doubles", counters="doubles", memory="doubles", calibration="doubles", seen="doubles")
def standardise(model, columns, numeric):
    count, mean, square, level = model.standardisation.reshape(-1, 14)[:-1, [0, 1, 2, 9]].T
    deviation = np.sqrt(np.maximum(0, square / np.maximum(1, count)))
    deviation[deviation <= 1e-13 * np.abs(mean)] = 0
    z = np.where(deviation > 0, (columns - mean) / np.where(deviation > 0, deviation, 1), 0)
    z = np.where(columns == level, z.clip(-2, 2), z)
    z = np.where(np.abs(z) > 5, np.sign(z) * 5 * (1 + np.log(np.maximum(np.abs(z), 5) / 5)), np.nan_to_num(z))
    return np.where(numeric, z, np.where(np.isnan(columns), mean, columns))
def ridge(model, x, numeric):
    """How far events lie beyond six deviations, or beyond where a column was seen to end if that is farther."""
    farthest = np.sort(-model.seen[2:2 + 16 * numeric.sum()].reshape(-1, 16)[:, 4:].reshape(-1, 2, 6))[:, :, 2]
    ends = np.full((2, len(numeric)), np.nan)
    ends[:, numeric] = -farthest.T * [[1], [-1]]
    above, below = np.maximum(6, np.where(numeric, standardise(model, ends, numeric) * [[1], [-1]], 0))
    return 0.5 * np.maximum(0, np.abs(x) - np.where(x > 0, above, below)).max(axis=-1) ** 2
sigmoid = lambda z: 1 / (1 + np.exp(-z))
def network(model, x, far, sizes, activation, binary, draws, random):
    """The moments of events x [n, columns] from draws of the weights, mixed over the members, and their standard errors."""
    act, size, each = posterior_variance.ACTIVATIONS[activation], sum((a + 1) * b for a, b in zip(sizes, sizes[1:])), []
    for k, (mu, rho) in enumerate(zip(model.mu.reshape(-1, size), model.rho.reshape(-1, size))):
        f, sigma = np.empty((draws, len(x))), np.logaddexp(0, rho)
        for s in range(draws):
            w, a, at = mu + sigma * random.standard_normal(size), x, 0
            for fan_in, fan_out in zip(sizes, sizes[1:]):
                end, below = at + fan_in * fan_out, act(a) if at else a
                a = below @ w[at:end].reshape(fan_in, fan_out) + w[end:end + fan_out]
                at = end + fan_out
            f[s] = a[:, 0] + (0 if binary else far * random.standard_normal())
        mean = sigmoid(f) if binary else f
        noise = mean * (1 - mean) if binary else np.full(f.shape, model.observationNoise[3 * k])
        variance, fourth = mean.var(axis=0, ddof=0 if binary else 1), ((mean - mean.mean(axis=0)) ** 4).mean(axis=0)
        each.append(dict(
            output=f.mean(axis=0), mean=mean.mean(axis=0), epistemic=variance, aleatoric=noise.mean(axis=0),
            meanError=np.sqrt(variance / draws), epistemicError=np.sqrt((fourth - variance**2).clip(0) / draws)))
    if len(each) == 1: return each[0]
    (champion, rival), (weight, gap) = each, model.memory[[1, 3]]
    if not binary and len(model.drift):
        gap *= np.clip((min(model.drift[13] / model.drift[14], 0.99) - 0.9) / 0.08, 0, 1)
        rival.update(output=rival["output"] - gap, mean=rival["mean"] - gap)
    mixed = {name: (1 - weight) * champion[name] + weight * rival[name] for name in champion}
    mixed["apart"] = (champion["mean"] - rival["mean"]) ** 2
    return mixed | dict(epistemic=mixed["epistemic"] + weight * (1 - weight) * mixed["apart"])
def drift(model, m, x, time, binary):
    """Mean, epistemic and aleatoric variance of one event after the drift layer."""
    if not len(model.drift): return m["mean"], m["epistemic"] if m["known"] is None else m["known"], m["share"] * m["aleatoric"]
    small, wide, folded = 4 if binary else 3, min(len(x), 60), x
    bank = ([(0, 0)] if binary else [(0, 0), (0, 0)]) + [(n, k) for n in (small, small + wide) for k in WALKS]
    weights, at = model.drift[:len(bank)], len(bank) + 17
    residual, label, volatility, product, square, last, interval, calibration = model.drift[len(bank):at - 9]
    age = 0 if np.isnan(last) or interval <= 0 else max(0, np.rint(abs(time - last) / interval) - 1)
    lag = np.clip(product / square, 0, 0.99) ** age
    if len(x) > 60:
        signs = np.array([1 - 2 * ((h ^ h >> 15) & 1) for h in ((i + 1) * 0x9E3779B9 & 0xFFFFFFFF for i in range(len(x)))])
        folded = np.bincount(np.arange(len(x)) % 60, signs * x * np.sqrt(60 / len(x)))
    f, base = np.clip(m["output"], -6 if binary else -4, 6 if binary else 4), model.drift[at - 3]
    h = np.concatenate([[1, f, lag * (residual - base)], [lag * label] if binary else [], folded])
    phi = np.array([1, f, f * f / 4, np.clip(np.log(1 + (volatility - 1) * 0.9**age), -3, 3)])
    keep, still = 0.999**age, np.array([walk == 0 for _, walk in bank])
    used = (lambda w: w / w.sum())(weights * (keep + still * (1 - keep) / (1e-12 + weights[still].sum())))
    location, spread, noise, p = (np.empty(len(bank)) for _ in range(4))
    for k, (n, _) in enumerate(bank):
        coefficients, c = model.drift[at:at + n], model.drift[at + n:at + n + n * n].reshape(n, n)
        g, at = model.drift[at + n + n * n:at + n + n * n + 4], at + n + n * n + 20
        location[k] = m["output"] + base + coefficients @ h[:n]
        spread[k] = max(0, h[:n] @ c @ h[:n])
        noise[k] = m["aleatoric"] * (1 if binary or k == 0 else np.exp(np.clip(g @ phi, -6, 6)))
        p[k] = m["mean"] if n == 0 else sigmoid(location[k] / np.sqrt(1 + np.pi * spread[k] / 8))
    if binary:
        p = np.clip(p, 1e-4, 1 - 1e-4)
        mean = used @ p
        between = used @ ((p - mean) ** 2 + (p * (1 - p)) ** 2 * spread)
        logit = np.log(mean / (1 - mean))
        mean = sigmoid(logit + model.drift[at] + model.drift[at + 1] * np.clip(logit, -6, 6))
        epistemic = min(mean * (1 - mean), m["epistemic"] + between)
        return mean, epistemic, mean * (1 - mean) - epistemic
    shift, earned = location - m["output"], max(0, 1 - 2 * used[:2].sum())
    bank = used @ spread + max(0, used @ shift**2 - (used @ shift) ** 2)
    epistemic = bank + m["epistemic"] if m["known"] is None else max(m["known"], earned * bank)
    return m["output"] + used @ shift, calibration * epistemic, calibration * m["share"] * (used @ noise)
def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--binary", action="store_true")
    for name, default in dict(model="", hidden="64,64", activation="relu", numeric="", seed=1).items(): options.add_argument("--" + name, type=type(default), default=default)
    for name in ("--network", "chunks", "events"): options.add_argument(name, type=argparse.FileType())
    o = options.parse_args()
    model = snapshot(o.chunks, o.model)
    rows = np.array([[float(v) for v in line.split(",")] for line in o.events if line.strip()])
    columns, numeric = rows[:, 1:], np.array([c == "1" for c in o.numeric or "1" * (rows.shape[1] - 1)])
    x = standardise(model, columns, numeric)
    far = ridge(model, x, numeric)
    moments, sizes = [json.loads(line) for line in o.network or []], [columns.shape[1], *map(int, filter(None, o.hidden.split(","))), 1]
    if not moments:
        drawn = network(model, x, far, sizes, o.activation, o.binary, DRAWS, np.random.default_rng(o.seed))
        moments = [{name: float(v[i]) for name, v in drawn.items()} for i in range(len(x))]
    scale = (lambda count, square: np.sqrt(square / count) if count > 0 and square > 0 else 1.0)(*model.standardisation[[-14, -12]])
    posterior_variance.tell(model, moments, x, far, sizes, o.activation)
    for i, m in enumerate(moments):
        mean, epistemic, aleatoric = drift(model, m, x[i], rows[i, 0], o.binary)
        if o.binary:  # far out it goes to how frequent class 1 is
            w, rate = far[i] / (1 + far[i]), model.seen[-1]
            epistemic = (1 - w) * epistemic + w * rate * (1 - rate) + w * (1 - w) * (rate - mean) ** 2
            mean, aleatoric = mean + w * (rate - mean), (1 - w) * aleatoric
        print(json.dumps({"mean": float(model.standardisation[-13] + scale * mean), "epistemicVariance": float(scale**2 * epistemic),
                          "aleatoricVariance": float(scale**2 * aleatoric), "network": m}))
main()
