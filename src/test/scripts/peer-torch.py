"""PyTorch at the work of `credence benchmark --compute`: Bayes by backprop and Monte-Carlo scoring, one thread.

    OPENBLAS_NUM_THREADS=1 python3 src/test/scripts/peer-torch.py [features hidden hidden samples runs]

Prints the medians of several rounds a line each; seconds are those of processor time, as there. Debian's python3-torch
needs libopenblas0-pthread beside it, or it falls back on a reference BLAS that is several times slower.
"""

import statistics
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(7)
features, first, second, samples, runs = (int(v) for v in sys.argv[1:6] or (16, 64, 64, 32, 5))
SHAPES = [(features, first), (first, second), (second, 1)]
N, PRIOR, NOISE = 10_000.0, 1.0, 0.1


def forward(x, weights, multiply):
    for i in range(len(SHAPES)):
        x = multiply(weights[2 * i + 1], x, weights[2 * i])
        x = torch.relu(x) if i < len(SHAPES) - 1 else x
    return x


def training(batch):
    params = []
    for fan_in, fan_out in SHAPES:
        for shape in ((fan_in, fan_out), (fan_out,)):
            params.append((0.1 * torch.randn(shape)).requires_grad_())
            params.append(torch.full(shape, -5.0).requires_grad_())
    optimiser = torch.optim.Adam(params, lr=1e-3)
    x, y = torch.randn(batch, features), torch.randn(batch, 1)

    def step():
        optimiser.zero_grad()
        kl, weights = 0.0, []
        for mu, rho in zip(params[::2], params[1::2]):
            sigma = F.softplus(rho)
            weights.append(mu + sigma * torch.randn_like(mu))
            kl = kl + 0.5 * ((sigma**2 + mu**2) / PRIOR**2 - 1 - 2 * torch.log(sigma / PRIOR)).sum()
        loss = (0.5 * ((y - forward(x, weights, torch.addmm)) / NOISE) ** 2).sum() * (N / batch) + kl
        loss.backward()
        optimiser.step()
        return batch

    return step


def scoring(batch):
    weights = []
    for fan_in, fan_out in SHAPES:
        weights.append(0.1 * torch.randn(samples, fan_in, fan_out))
        weights.append(0.1 * torch.randn(samples, 1, fan_out))
    x = torch.randn(batch, features)

    def step():
        with torch.no_grad():
            f = forward(x.expand(samples, batch, features), weights, torch.baddbmm)
            f.mean(0), f.var(0)
        return batch

    return step


def rate(step, seconds=1.0):
    done, start = 0, time.thread_time()
    while time.thread_time() - start < seconds:
        done += step()
    return done / (time.thread_time() - start)


WORK = {
    "trainBatch1": training(1),
    "trainBatch32": training(32),
    "scoreBatch1": scoring(1),
    "scoreBatch64": scoring(64),
    "scoreBatch256": scoring(256),
}
rounds = [{name: rate(step) for name, step in WORK.items()} for _ in range(runs + 2)][2:]
for name in WORK:
    print(f"{name:14} {statistics.median(r[name] for r in rounds):12,.0f} a second")
