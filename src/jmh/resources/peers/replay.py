"""Task R in SymPy: DomainMatrix over QQ, with gmpy2's rationals where it is installed.

python3 replay.py FILE REPETITIONS, with the file of the task as in task.h; prints a line "sympy SECONDS CHECKSUM" for
every repetition, processor time without reading the file.
"""

import struct
import sys
import time

from sympy import QQ, ZZ
from sympy.external.gmpy import GROUND_TYPES
from sympy.polys.matrices import DomainMatrix


def read(path):
    """(loops, eta, mu, theta* as a column, X), all as elements of QQ."""
    with open(path) as file:
        words = iter(file.read().split())
    n, d, loops = (int(next(words)) for _ in range(3))
    eta = QQ(int(next(words)), 2 ** int(next(words)))
    mu = QQ(int(next(words)), 2 ** int(next(words)))
    denominator = int(next(words))
    star = [[QQ(int(next(words)), denominator)] for _ in range(d)]
    entries = []
    for _ in range(n):
        row = []
        for _ in range(d):
            value = struct.unpack(">d", bytes.fromhex(next(words)))[0]
            row.append(QQ(*value.as_integer_ratio()))
        entries.append(row)
    return loops, eta, mu, DomainMatrix(star, (d, 1), QQ), DomainMatrix(entries, (n, d), QQ)


def replay(loops, eta, mu, star, x):
    """theta(T), after the checks at every t."""
    d = x.shape[1]
    transposed = x.transpose()
    y = x * star
    gram = transposed * x
    b = transposed * y
    q = theta = DomainMatrix([[QQ(0)]] * d, (d, 1), QQ)
    factor = 1 - eta * mu
    bound = QQ(1)
    for t in range(loops + 1):
        if -q != theta:
            sys.exit("attention is not gradient descent")
        difference = theta - star
        if (difference.transpose() * difference).rep.to_ddm()[0][0] > bound:
            sys.exit("the bound does not hold")
        if t < loops:
            bound *= factor
            q = q - eta * (transposed * (x * q + y))
            theta = theta - eta * (gram * theta - b)
    return theta


def checksum(theta):
    prime = 2**61 - 1
    total = 0
    for j, row in enumerate(theta.rep.to_ddm()):
        value = row[0]
        total += (j + 1) * int(value.numerator) * pow(int(value.denominator), -1, prime)
    return total % prime


def main():
    if GROUND_TYPES != "gmpy":
        print("gmpy2 is not installed: Python's own fractions are far slower", file=sys.stderr)
    task = read(sys.argv[1])
    for _ in range(int(sys.argv[2])):
        begin = time.process_time()
        theta = replay(*task)
        seconds = time.process_time() - begin
        print("sympy", format(seconds, ".9f"), checksum(theta), flush=True)


main()
