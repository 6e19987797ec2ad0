"""Gradient descent with NumPy on the prompts of the benchmark: prints 'name instances-per-second'."""
import sys
import time

import numpy

N, D, T = 128, 4, 200
values = [float(word) for word in open(sys.argv[1]).read().split()]
size = N * (D + 1)
prompts = []
for at in range(0, len(values), size + 1):
    block = numpy.array(values[at + 1 : at + 1 + size]).reshape(N, D + 1)
    prompts.append((values[at], numpy.ascontiguousarray(block[:, :D]), block[:, D].copy()))


def over_examples(eta, x, y):
    theta = numpy.zeros(D)
    for _ in range(T):
        theta -= eta * (x.T @ (x @ theta - y))
    return theta


def through_gram(eta, x, y):
    gram, labels, theta = x.T @ x, x.T @ y, numpy.zeros(D)
    for _ in range(T):
        theta -= eta * (gram @ theta - labels)
    return theta


STEPS = numpy.array([eta for eta, _, _ in prompts])[:, None]
XS = numpy.stack([x for _, x, _ in prompts])
YS = numpy.stack([y for _, _, y in prompts])


def batched():
    gram = numpy.matmul(XS.transpose(0, 2, 1), XS)
    labels = numpy.matmul(XS.transpose(0, 2, 1), YS[:, :, None])[:, :, 0]
    theta = numpy.zeros((len(prompts), D))
    for _ in range(T):
        theta -= STEPS * (numpy.matmul(gram, theta[:, :, None])[:, :, 0] - labels)
    return theta


def rate(run, instances):
    run()
    best = 0.0
    for _ in range(5):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < 0.5:
            run()
            count += instances
        best = max(best, count / (time.perf_counter() - start))
    return best


for name, function in (("over examples", over_examples), ("through Gram", through_gram)):
    print("NumPy", name, rate(lambda: [function(*prompt) for prompt in prompts], len(prompts)))
print("NumPy through Gram, all at once", rate(batched, len(prompts)))
