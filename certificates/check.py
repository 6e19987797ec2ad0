#!/usr/bin/env python3
"""Checks certificates and refutations of loopcert/1 as FORMAT.md beside this file defines them; sections are its own.

    python3 certificates/check.py [--conclusions] FILE_OR_FOLDER...

Python 3.8 or later and its standard library; no floating point.

Trusted: the rules of FORMAT.md with their reasons, a few lines of mathematics each; this one file; Python with the modules
that it imports (integers, fractions, JSON, regular expressions, files); the machine. Not trusted: whatever wrote the
certificate, what it says about its own conclusions, and the other checkers, which share no code with this one.
"""
import argparse
import json
import os
import re
import signal
import sys
import traceback
from fractions import Fraction
from itertools import accumulate
from math import gcd
from operator import mul
from types import SimpleNamespace as Found  # a conclusion: its values by name, in the order of section 3.4

LIMITS = {"bytes": 8000000, "depth": 16, "values": 400000, "digits": 10000, "dimension": 256,  # of the text: section 3.2
          "bits": 1000000, "seconds": 10}  # of this checker: of recomputed integers, of processor time
COUNT, FRACTIONS, INTEGERS, UNIT = (1, 10 ** 12), ["fraction"], ["integer"], "step-equivalence realizable "
FIELDS = {  # a range of counts, text or number, [each of an array], fields of an object, or which the first one asks for
    "format": "text", "kind": "text", "cost": "n d loops digits bytes", "n": COUNT, "d": COUNT, "loops": (0, 10 ** 12),
    "digits": (1, 2 ** 31 - 1), "bytes": COUNT, "instance": "any", "lines": ["any"], "measured": "any", "sha256": "text",
    "alpha": "fraction", "step": {"constant": "kind eta", "schedule": "kind etas", "lambda-max": "kind "},
    "eta": "fraction", "etas": FRACTIONS, "start": FRACTIONS, "theta": FRACTIONS, "y": FRACTIONS, "X": [FRACTIONS],
    "line": COUNT, "rule": "text", "premises": [(1, 2 ** 31 - 1)], "bound": "fraction", "nullSpace": [INTEGERS],
    "weight": INTEGERS, "witness": {"factor": "method scale rows", "elimination": "method "}, "method": "text",
    "scale": (0, 100000), "rows": [INTEGERS], "vector": INTEGERS, "grid": (1, 10 ** 7), "preimage": FRACTIONS,
    "theorem": "text", "hypothesis": "text", "t": (0, 10 ** 12), "lower": "fraction", "upper": "fraction",
    "bits": (1, 100000), "residual": "fraction", "iterates": ["t theta distance"], "distance": "fraction",
    "trajectory": [FRACTIONS]}


class Refused(Exception):
    """The end of a check and its reason, None for malformed."""


def require(condition, reason=None):
    if not condition:
        raise Refused(reason)
    return True


def dot(a, b):
    return sum(map(mul, a, b))


# Rounding (section 4.8): a pair m, e is the number m 2^e.

def divide(p, q, up):
    return -(-p // q) if up else p // q


def rounded(m, e, up):
    excess = max(0, m.bit_length() - 128)
    return (divide(m, 1 << excess, up), e + excess) if m else (0, 0)


def times(value, p, q, up):
    shift = max(0, q.bit_length() + 128 - p.bit_length())
    return rounded(value[0] * divide(p << shift, q, up), value[1] - shift, up)


def exponential(x, up):
    """exp(x) for x >= 0."""
    halvings = max(0, x.numerator.bit_length() - x.denominator.bit_length() + 2)
    r, total, term = divide(x.numerator << 256, x.denominator << halvings, up), 1 << 256, 1 << 256
    for k in range(1, 61):
        term = divide(term * r, k << 256, up)
        total += term
    value = times((1, 0), total + term if up else total, 1 << 256, up)
    for _ in range(halvings):
        value = rounded(value[0] ** 2, 2 * value[1], up)
    return value


class Check:
    """One check: the instance, its integers, and the longer rules."""

    def __init__(self, limits):
        self.limits, self.digits, self.line = limits, 1, 0

    def within(self, limit, found):
        require(found <= self.limits[limit], "limit")

    def parse(self, data):
        """Section 2.1: parsed leniently, printed by the rules, compared."""
        self.within("bytes", len(data))
        bare = re.sub(rb'"[^"]*"', b"", data)  # without strings
        require(not re.search(rb"[^ -~\n]|\\", data) and not re.search(rb"[^][{}:, \n0-9-]|[0-9]{19}|{\s*}", bare))
        self.within("depth", max(accumulate((c in b"[{") - (c in b"]}") for c in bare), default=0))
        self.within("values", 1 + sum(map(bare.count, (b",", b"[", b"{"))) - len(re.findall(rb"\[\s*\]", bare)))
        try:
            value = json.loads(data.decode("ascii"), object_pairs_hook=lambda pairs: require(len(pairs) <= 32) and dict(pairs))
        except ValueError:
            require(False)
        item = '(?:"[^"]*"|[0-9-]+)'
        canonical = re.sub(r"\[\n *(%s(?:,\n *%s)*)\n *]" % (item, item),  # arrays of plain values stand on one line
                           lambda found: "[%s]" % re.sub(",\n *", ", ", found[1]), json.dumps(value, indent=1))
        require((canonical + "\n").encode("ascii") == data)
        return value

    def record(self, value, names):
        """The fields of an object, which must be these in this order; name:kind where FIELDS has another kind."""
        names = [each.split(":") for each in names.split()]
        require(isinstance(value, dict) and list(value) == [each[0] for each in names])
        return [self.read(FIELDS[each[-1]], value[each[0]]) for each in names]

    def read(self, kind, value):
        if isinstance(kind, list):
            require(isinstance(value, list))
            return [self.read(kind[0], item) for item in value]
        if isinstance(kind, tuple):
            require(isinstance(value, int) and kind[0] <= value <= kind[1])
        elif isinstance(kind, dict):
            first = next(iter(value.values())) if isinstance(value, dict) else None
            require(isinstance(first, str) and first in kind)
            return self.record(value, kind[first])
        elif " " in kind:
            return self.record(value, kind)
        elif kind != "any":
            require(isinstance(value, str))
            return value if kind == "text" else self.number(value, kind)
        return value

    def number(self, value, kind):
        """Section 2.2."""
        require(re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", value))
        self.digits = max(self.digits, *map(len, value.lstrip("-").split("/")))
        self.within("digits", self.digits)
        number = Fraction(*map(int, value.split("/")))
        require(str(number) == value and (kind == "fraction" or number.denominator == 1))
        return number if kind == "fraction" else number.numerator

    def instance(self, value):
        named = "theta " if isinstance(value, dict) and "theta" in value else ""
        self.alpha, self.loops, step, self.start, *task, self.y, self.x = self.record(
            value, "alpha loops step start %sy X" % named)
        self.step, self.etas = step[0], step[1] if step[0] == "schedule" else step[1:]
        self.n, self.d, self.theta = len(self.y), len(self.start), task[0] if task else None
        require(self.n == len(self.x) > 0 < self.d and all(len(row) == self.d for row in self.x + task))
        require(self.step != "schedule" or len(self.etas) == self.loops)
        require(self.alpha != 0, "zero-query")
        self.within("dimension", self.d)

    def prepare(self):
        """The integers that rules compute with: D X, D y, D^2 G, D^2 b, D^2."""
        entries, self.scale = self.over_common([entry for row in self.x for entry in row] + self.y)
        self.rows = [entries[i:i + self.d] for i in range(0, self.n * self.d, self.d)]
        self.labels, self.columns = entries[self.n * self.d:], list(zip(*self.rows))
        half = [[dot(row, column) for column in self.columns[:i + 1]] for i, row in enumerate(self.columns)]
        self.gram = [[half[max(i, j)][min(i, j)] for j in range(self.d)] for i in range(self.d)]
        self.moment, self.square = [dot(column, self.labels) for column in self.columns], self.scale ** 2

    def over_common(self, fractions):
        """The numerators over a common denominator, and that denominator."""
        common = 1
        for each in fractions:
            if common % each.denominator:
                common = common // gcd(common, each.denominator) * each.denominator
                self.within("bits", 16 * common.bit_length())
        return [each.numerator * (common // each.denominator) for each in fractions], common

    def norm(self, fractions):
        numerators, common = self.over_common(fractions)
        return Fraction(dot(numerators, numerators), common ** 2)

    def image(self, v):
        """D^2 G v."""
        require(len(v) == self.d, "shape")
        return [dot(row, v) for row in self.gram]

    def rayleigh(self, v):
        """v'Gv / v'v."""
        image = self.image(v)
        require(any(v), "zero-witness")
        return Fraction(dot(v, image), dot(v, v) * self.square)

    def residual(self, theta):
        """The numerators of y - X theta, and |y - X theta|^2."""
        require(len(theta) == self.d, "shape")
        numerators, common = self.over_common(theta)
        residual = [y * common - dot(row, numerators) for row, y in zip(self.rows, self.labels)]
        return residual, Fraction(dot(residual, residual), (common * self.scale) ** 2)

    def semidefinite(self, x, y, extra, method, scale=0, rows=()):
        """Section 4.2 for the matrix D^2 q (x G + y I) + extra, where q > 0 is the denominator of y and x an integer."""
        a = [[x * y.denominator * entry + more for entry, more in zip(*both)] for both in zip(self.gram, extra)]
        for i, row in enumerate(a):
            row[i] += y.numerator * self.square
        if method == "factor":
            require([len(row) for row in rows] == list(range(self.d, 0, -1)), "shape")
            columns = [[rows[k][j - k] for k in range(j + 1)] for j in range(self.d)]
            for i, row in enumerate(a):
                rest = [(entry << 2 * scale) - dot(columns[i], column) for entry, column in zip(row, columns)]
                require(2 * rest[i] >= sum(map(abs, rest)), "not-dominant")
        previous = 1
        while method == "elimination" and any(map(any, a)):
            diagonal = [row[i] for i, row in enumerate(a)]
            require(min(diagonal) >= 0 < max(diagonal), "not-semidefinite")
            k = next(i for i, entry in enumerate(diagonal) if entry > 0)
            pivot, column = a.pop(k).pop(k), [row.pop(k) for row in a]
            a = [[(entry * pivot - p * q) // previous for entry, q in zip(row, column)] for row, p in zip(a, column)]
            previous = pivot
        return True

    def descend(self, last):
        """theta(t) = numerators / denominator for t = 0..last, never reduced, and the next eta_t / D^2 = p/q."""
        require(self.step != "lambda-max" or self.loops == 0, "step-kind")
        numerators, common = self.over_common([-q / self.alpha for q in self.start])
        for t in range(last + 1):
            ratio = self.etas[t if self.step == "schedule" else 0] / self.square if t < last else Fraction(0)
            p, q = ratio.numerator, ratio.denominator
            yield numerators, common, p, q
            numerators = [entry * q - p * (dot(row, numerators) - moment * common)
                          for entry, row, moment in zip(numerators, self.gram, self.moment)]
            common *= q
            self.within("bits", max(map(int.bit_length, numerators + [common])))

    # Rules of section 4 that take more than a line: conclusions of the premises and the witness to a conclusion.

    def symbolic_attention(self):
        attention = [[0] * (self.d + 1)] * self.d  # coefficients of the linear form in each column
        for row, label in zip(self.rows, self.labels):
            attention = [[total + x * entry for total, entry in zip(form, row + [label])]
                         for form, x in zip(attention, row)]
        require(attention == [row + [moment] for row, moment in zip(self.gram, self.moment)], "not-gradient")
        return Found()

    def replay(self):
        token = self.over_common(self.start + [self.alpha])[0]  # (q(t), alpha) up to a positive factor
        for theta, common, p, q in self.descend(self.loops):
            require(all(entry * common == -token[-1] * other for entry, other in zip(token, theta)), "not-gradient")
            scores = [dot(row, token) + label * token[-1] for row, label in zip(self.rows, self.labels)]
            token = [entry * q - p * dot(scores, column) for entry, column in zip(token, self.columns)] + [token[-1] * q]
        return Found(loops=self.loops)

    def smallest_positive(self, mu, null_space, weight, witness):
        require(mu > 0, "not-positive")
        require(len(null_space) < self.d, "null-space")
        for v in null_space:
            require(len(v) == self.d, "shape")
            require(not any(dot(row, v) for row in self.rows), "null-space")
        alone = [i for i in range(self.d) if sum(v[i] != 0 for v in null_space) == 1]
        require(all(any(v[i] for i in alone) for v in null_space), "null-space")
        coordinates = [[v[i] for v in null_space] for i in range(self.d)]
        self.semidefinite(1, -mu, [[sum(weight) * dot(p, q) for q in coordinates] for p in coordinates], *witness)
        return Found(bound=mu, rank=self.d - len(null_space))

    def small_steps(self, *bounds):
        top, constant = bounds[-1].bound, self.step == "constant"
        if self.step == "lambda-max":
            return Found(lower=self.loops / top, upper=self.loops / bounds[0].bound, constant=1 / top)
        require(all(0 < eta and eta * top <= 1 for eta in self.etas), "step-too-large")
        numerators, common = self.over_common(self.etas)
        total = Fraction(sum(numerators), common) * (self.loops if constant else 1)
        return Found(lower=total, upper=total, constant=self.etas[0] if constant else None)

    def contraction_schedule(self, low, top, grid):
        require(self.step == "schedule", "step-kind")
        require(self.loops < grid, "grid")
        self.within("seconds", grid * self.loops // 10 ** 6)
        middle, radius, largest = (low.bound + top.bound) / 2, (top.bound - low.bound) / 2, (0, 0)
        for j in range(-grid, grid + 1):
            node = Fraction(grid ** 2 - j ** 2, grid ** 2 + j ** 2)
            x, value = middle + (radius if j >= 0 else -radius) * node, (1, 0)
            for eta in self.etas:
                q = eta.denominator * x.denominator
                value = times(value, abs(q - eta.numerator * x.numerator), q, True)
            largest = max(largest, value, key=lambda v: (v[0] > 0, v[0].bit_length() + v[1], v[0] << 129 - v[0].bit_length()))
        if largest[0].bit_length() + largest[1] < -4096:
            largest = 1, -4096
        bound = Fraction(2) ** largest[1] * largest[0] / (1 - Fraction(self.loops ** 2, 2 * grid ** 2))
        return require(bound < 1, "not-contracting") and Found(factor=["value", bound])

    def non_contraction_schedule(self, low, high):
        require(self.step == "schedule", "step-kind")
        require(self.loops > 0, "not-refuted")
        product = (1, 0)
        for eta in self.etas:
            ends = 1 - eta * low.bound, 1 - eta * high.bound
            least = max(min(ends), -max(ends), Fraction(0))
            product = times(product, least.numerator, least.denominator, False)
        self.within("bits", abs(product[1]))
        gain = Fraction(2) ** product[1] * product[0]
        return require(gain >= 1, "not-refuted") and Found(gain=gain)

    def least_squares(self, low, theta, preimage):
        residual, square = self.residual(theta)
        require(not any(dot(column, residual) for column in self.columns), "not-least-squares")
        if low.rank < self.d:
            require(len(preimage) == self.d, "shape")
            numerators, common = self.over_common(preimage)
            require(theta == [Fraction(entry, common * self.square) for entry in self.image(numerators)],
                    "not-least-squares")
        require(low.rank < self.d or not preimage, "shape")
        return Found(rank=low.rank, norm=self.norm(theta), residual=square, theta=theta)

    def factor(self, low, steps):
        """F of contraction-small-steps."""
        return ["product", low.bound] if steps.constant is None else ["power", 1 - steps.constant * low.bound, self.loops]

    def unit_task(self, task, rank):
        require(task.norm == 1, "not-unit")
        require(not any(self.start), "start-not-zero")
        return require(rank == self.d, "rank")

    def exponent(self, spectrum, steps, needed, second=0):
        x = spectrum.mu * steps.lower / max(self.loops, 1)
        return require(self.step == "lambda-max" or self.loops == 0 or x + second * x * x >= needed, "exponent")

    def two_sided(self, _, task, low, steps):
        self.unit_task(task, low.rank)
        require(steps.constant is not None, "step-kind")
        step = steps.upper / self.loops if self.loops else steps.constant
        lower = max(Fraction(0), 1 - step * Fraction(dot(self.labels, self.labels), self.square))
        return Found(lower=lower, upper=1 - steps.constant * low.bound, loops=self.loops)

    def noise(self, _, low, steps):
        require(low.rank == self.d, "rank")
        require(not any(self.start), "start-not-zero")
        require(self.theta is not None, "no-task")
        norm, floor = self.norm(self.theta), self.residual(self.theta)[1] * min(1 / low.bound, steps.upper)
        return Found(alpha=abs(self.alpha), norm=norm, factor=self.factor(low, steps), floor=norm * floor)

    def error_by_replay(self, _, solution, t, lower, upper):
        require(t <= self.loops, "shape")
        *_, (theta, common, _, _) = self.descend(t)
        u, scale = self.over_common(solution.theta)
        error = abs(self.alpha.numerator * (dot(theta, u) * scale - dot(u, u) * common))
        whole = self.alpha.denominator * common * scale ** 2
        enclosed = lower.numerator * whole <= error * lower.denominator, error * upper.denominator <= upper.numerator * whole
        return require(all(enclosed), "not-enclosed") and Found(t=t, lower=lower, upper=upper)

    def error_by_powering(self, _, solution, *rest):
        *spectrum, precision, t, lower, upper = rest
        require(self.step != "schedule", "step-kind")
        require(t <= self.loops, "shape")

        def enclose(*fractions):
            return (min((x.numerator << precision) // x.denominator for x in fractions),
                    max(-((-x.numerator << precision) // x.denominator) for x in fractions))

        def product(a, b):
            low = high = 0
            for (p, q), (r, s) in zip(a, b):
                ends = p * r, p * s, q * r, q * s
                low, high = low + min(ends), high + max(ends)
            return low >> precision, -(-high >> precision)
        state = [enclose(-q / self.alpha - entry) for q, entry in zip(self.start, solution.theta)]
        etas = self.etas or [1 / spectrum[0].top, 1 / spectrum[0].top_lower]
        power = [[enclose(*((i == j) - eta * Fraction(entry, self.square) for eta in etas)) for j, entry in enumerate(row)]
                 for i, row in enumerate(self.gram)]
        for bit in range(t.bit_length()):
            power = [[product(row, column) for column in power] for row in power] if bit else power
            state = [product(row, state) for row in power] if t >> bit & 1 else state
            self.within("bits", max(high.bit_length() for row in power for _, high in row))
        ends = product([enclose(x) for x in solution.theta], state)
        ends = enclose(*(self.alpha * Fraction(end, 1 << precision) for end in ends))
        least, most = max(ends[0], -ends[1], 0), max(map(abs, ends))
        require(lower <= Fraction(least, 1 << precision) and Fraction(most, 1 << precision) <= upper, "not-enclosed")
        return Found(t=t, lower=lower, upper=upper)

    def paper_bound_value(self, bound, lower, upper):
        ends = []
        for kappa, up in (bound.a, True), (bound.b, False):
            m, e = exponential(self.loops / (2 * kappa), up)
            far = e + m.bit_length() - (not up) > 4096
            ends.append(abs(self.alpha) * (Fraction(not up, 1 << 4096) if far else 1 / (Fraction(2) ** e * m)))
        return require(lower <= ends[0] and ends[1] <= upper, "not-enclosed") and Found(lower=lower, upper=upper)

    def rounded_iterates(self, given):
        descent, now = self.descend(max((t for t, _, _ in given if t <= self.loops), default=0)), 0
        exact, common, _, _ = next(descent)
        for t, theta, distance in given:
            require(t <= self.loops and len(theta) == self.d, "shape")
            while now < t:
                (exact, common, _, _), now = next(descent), now + 1
            require(all(abs(entry - Fraction(p, common)) <= distance for entry, p in zip(theta, exact)), "not-enclosed")
        return Found(iterates=[value for t, _, distance in given for value in (t, distance)])

    def rounded_trajectory(self, low, steps, solution, rho, given):
        require(low.rank == self.d, "rank")
        require(self.step != "lambda-max", "step-kind")
        require(rho >= 0, "not-positive")
        require(1 <= len(given) <= self.loops + 1 and all(len(vector) == self.d for vector in given), "shape")
        k, etas, product = len(given) - 1, self.etas if self.step == "schedule" else self.etas * (len(given) - 1), Fraction(1)
        for eta, now, then in zip(etas, given, given[1:]):
            numerators, common = self.over_common(now)
            slope = [Fraction(p - m * common, common * self.square) for p, m in zip(self.image(numerators), self.moment)]
            require(self.norm([r - (q - eta * g) for r, q, g in zip(then, now, slope)]) <= rho ** 2, "not-enclosed")
            product *= 1 - eta * low.bound
            self.within("bits", 16 * product.denominator.bit_length())
        factor, span = ["value", product], k
        if self.step == "constant":
            factor, span = ["power", 1 - self.etas[0] * low.bound, k], min(k, 1 / (self.etas[0] * low.bound))
        start = self.norm([r - q for r, q in zip(given[0], solution.theta)])
        return Found(k=k, factor=factor, residue=rho * span, start=start)

    def contraction_constant(self, low, top):
        require(self.step == "constant", "step-kind")
        rho = max(abs(1 - self.etas[0] * low.bound), abs(1 - self.etas[0] * top.bound))
        return require(rho < 1, "not-contracting") and Found(factor=["power", rho, self.loops])

    def non_contraction_constant(self, v):
        require(self.step == "constant", "step-kind")
        quotient, eta = self.rayleigh(v), self.etas[0]
        require(quotient > 0 and (eta <= 0 or eta * quotient >= 2), "not-refuted")
        return Found(gain=abs(1 - eta * quotient))

    def realizable(self, theta):
        require(self.residual(theta)[1] == 0, "not-realizable")
        require(self.theta in (None, theta), "no-task")
        return Found(norm=self.norm(theta), theta=theta)

    def start_square(self, solution):
        """|theta(0) - tt|^2."""
        return self.norm([-q / self.alpha - entry for q, entry in zip(self.start, solution.theta)])

    def limit_error(self, _, solution, task, contraction):
        require(not any(self.start), "start-not-zero")
        require(solution.rank < self.d, "rank")
        return Found(limit=abs(self.alpha) * (task.norm - solution.norm), square=self.alpha ** 2 * solution.norm ** 2,
                     factor=contraction.factor, theta=task.theta)

    def check(self, data):
        """The kind of an accepted file, and its conclusions; ends with Refused for any other."""
        root = self.parse(data)
        require(isinstance(root, dict) and root.get("format") == "loopcert/1")
        require(root.get("kind") != "counterexample", "counterexample")
        _, kind, cost, instance, lines, *_ = self.record(
            root, "format kind cost instance lines" + " measured" * ("measured" in root))
        require(kind in ("certificate", "refutation"))
        for number, line in enumerate(lines):
            name = line.get("rule") if isinstance(line, dict) else None
            require(isinstance(name, str) and name in RULES)
            at, _, premises, *witness = self.record(line, "line rule premises " + RULES[name][1])
            require(at == number + 1 and GRAMMAR.get(name, lambda *_: True)(*witness))
            lines[number] = name, premises, witness
        if isinstance(instance, dict) and "sha256" in instance:
            require(re.fullmatch("[0-9a-f]{64}", *self.record(instance, "sha256")))
            require(False, "needs-input")
        self.instance(instance)
        require(cost == [self.n, self.d, self.loops, self.digits, len(data)], "cost")
        self.prepare()
        found = []
        for self.line, (name, premises, witness) in enumerate(lines, 1):
            require(max(premises, default=0) < self.line, "premise-order")
            kinds, (expected, _, conclude) = " ".join(found[at - 1][1] for at in premises), RULES[name]
            require(kinds == (expected(self, kinds, *witness) if callable(expected) else expected), "premise-kind")
            conclusion = conclude(self, *(found[at - 1][2] for at in premises), *witness)
            found.append((name, KINDS.get(name, name), conclusion))
        self.line, needed = 0, ["step-equivalence", "spectrum", "contraction"] if kind == "certificate" else ["non-contraction"]
        require(set(needed) <= {each[1] for each in found}, "missing-obligation")
        return kind, found


KINDS = {"symbolic-attention": "step-equivalence", "replay": "step-equivalence", "contraction-small-steps": "contraction",
         "contraction-constant": "contraction", "contraction-schedule": "contraction",
         "non-contraction-constant": "non-contraction", "non-contraction-schedule": "non-contraction"}
UNMET = {  # hypotheses: the premises, and when they show it unmet
    "label-noise": ("least-squares", lambda c, solution: solution.residual > 0),
    "rank-deficient": ("smallest-positive-at-least", lambda c, low: low.rank < c.d),
    "start": ("", lambda c: any(c.start)),
    "norm": ("realizable smallest-positive-at-least",
             lambda c, task, low: require(low.rank == c.d or c.theta is not None, "rank") and task.norm != 1),
    "step": ("lambda-max-at-least", lambda c, top: any(eta <= 0 or eta * top.bound > 1 for eta in c.etas))}
GRAMMAR = {  # what the grammar asks beyond the kinds of fields
    "smallest-positive-at-least": lambda bound, basis, weight, witness: len(weight) == min(len(basis), 1),
    "unmet": lambda theorem, hypothesis: hypothesis in {
        "error-identity": ("label-noise", "start"), "theorem-4.4": UNMET, "tight-bound": UNMET, "doubled-exponent": UNMET,
        "two-sided": UNMET}.get(theorem, ()),
    "rounded-iterates": lambda given: all(now[0] < then[0] for now, then in zip(given, given[1:]))}
RULES = {  # section 4: premises, witness, conclusion
    "symbolic-attention": ("", "", Check.symbolic_attention),
    "replay": ("", "", Check.replay),
    "lambda-max-at-most": ("", "bound witness", lambda c, bound, witness: c.semidefinite(
        -1, bound, [[0] * c.d] * c.d, *witness) and Found(bound=bound)),
    "smallest-positive-at-least": ("", "bound nullSpace weight witness", Check.smallest_positive),
    "lambda-max-at-least": ("", "bound vector", lambda c, bound, v: require(c.rayleigh(v) >= bound or bound <= 0, "rayleigh")
                            and require(bound > 0, "not-positive") and Found(bound=bound)),
    "smallest-positive-at-most": ("", "bound vector", lambda c, bound, w: require(
        c.rayleigh(c.image(w)) <= bound, "rayleigh") and Found(bound=bound)),
    "spectrum": ("smallest-positive-at-least smallest-positive-at-most lambda-max-at-least lambda-max-at-most", "",
                 lambda c, low, high, least, top: Found(
                     rank=low.rank, mu=low.bound, mu_upper=high.bound, top_lower=least.bound, top=top.bound,
                     a=max(Fraction(1), least.bound / high.bound), b=top.bound / low.bound)),
    "exponential": ("spectrum", "", lambda c, spectrum: Found(a=spectrum.a, b=spectrum.b, loops=c.loops)),
    "small-steps": (lambda c, _: "lambda-max-at-least " * (c.step == "lambda-max") + "lambda-max-at-most", "",
                    Check.small_steps),
    "contraction-small-steps": ("smallest-positive-at-least small-steps", "", lambda c, low, steps: require(
        steps.constant is not None or c.loops, "not-contracting") and Found(factor=c.factor(low, steps))),
    "contraction-constant": ("smallest-positive-at-least lambda-max-at-most", "", Check.contraction_constant),
    "contraction-schedule": ("smallest-positive-at-least lambda-max-at-most", "grid", Check.contraction_schedule),
    "non-contraction-constant": ("", "vector", Check.non_contraction_constant),
    "non-contraction-schedule": (
        lambda c, kinds: kinds if kinds == "lambda-max-at-least lambda-max-at-most" else
        "smallest-positive-at-least smallest-positive-at-most", "", Check.non_contraction_schedule),
    "realizable": ("", "theta", Check.realizable),
    "least-squares": ("smallest-positive-at-least", "theta preimage", Check.least_squares),
    "unmet": (lambda c, kinds, theorem, hypothesis: UNMET[hypothesis][0], "theorem hypothesis", lambda c, *rest: require(
        UNMET[rest[-1]][1](c, *rest[:-2]), "hypothesis-holds") and Found(theorem=rest[-2], hypothesis=rest[-1])),
    "theorem-4.4": (UNIT + "spectrum small-steps", "", lambda c, _, task, spectrum, steps: c.unit_task(
        task, spectrum.rank) and c.exponent(spectrum, steps, 1 / (2 * spectrum.a))
        and Found(alpha=c.alpha, loops=c.loops, a=spectrum.a, b=spectrum.b)),
    "tight-bound": (UNIT + "smallest-positive-at-least small-steps", "", lambda c, _, task, low, steps: c.unit_task(
        task, low.rank) and Found(alpha=c.alpha, factor=c.factor(low, steps))),
    "doubled-exponent": (UNIT + "spectrum small-steps", "", lambda c, _, task, spectrum, steps: c.unit_task(
        task, spectrum.rank) and c.exponent(spectrum, steps, 1 / spectrum.a, Fraction(1, 2))
        and Found(alpha=c.alpha, loops=c.loops)),
    "two-sided": (UNIT + "smallest-positive-at-least small-steps", "", Check.two_sided),
    "general-labels": ("step-equivalence least-squares contraction", "", lambda c, _, solution, contraction: Found(
        square=c.alpha ** 2 * solution.norm * c.start_square(solution), factor=contraction.factor)),
    "limit-error": ("step-equivalence least-squares realizable contraction", "", Check.limit_error),
    "noise": ("step-equivalence smallest-positive-at-least small-steps", "", Check.noise),
    "error-identity": ("step-equivalence realizable", "", lambda c, _, task: require(
        not any(c.start), "start-not-zero") and Found(theta=task.theta)),
    "error-by-replay": ("step-equivalence least-squares", "t lower upper", Check.error_by_replay),
    "error-by-powering": (lambda c, *_: "step-equivalence least-squares" + " spectrum" * (c.step == "lambda-max"),
                          "bits t lower upper", Check.error_by_powering),
    "theorem-4.4-value": ("theorem-4.4", "lower upper", Check.paper_bound_value),
    "rounded-iterates": ("", "iterates", Check.rounded_iterates),
    "rounded-trajectory": ("smallest-positive-at-least small-steps least-squares", "residual iterates:trajectory",
                           Check.rounded_trajectory)}


def verdict(path, limits):
    """The verdict on one file, its exit code, and its conclusions."""
    check = Check(limits)
    try:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGPROF, lambda *_: require(False, "limit"))
            signal.setitimer(signal.ITIMER_PROF, limits["seconds"])
        with open(path, "rb") as file:
            kind, found = check.check(file.read(limits["bytes"] + 1))
        return "accepted " + kind, 0, [spell(number, name, conclusion)
                                       for number, (name, _, conclusion) in enumerate(found, 1)]
    except OSError as error:
        print("%s: %s" % (path, error), file=sys.stderr)
        return "malformed", 2, []
    except Refused as refused:
        reason = refused.args[0]
        known = {None: ("malformed", 2), "limit": ("undecided limit", 3), "needs-input": ("undecided needs-input", 3),
                 "counterexample": ("declined counterexample", 3)}
        return (*known.get(reason, ("rejected %s %d" % (reason, check.line), 1)), [])
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)


def spell(number, name, conclusion):
    words = [number, name]
    for value in vars(conclusion).values():
        words += value if isinstance(value, list) else ["-" if value is None else value]
    return " ".join(map(str, words))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="certificates, or folders of them")
    parser.add_argument("--list", metavar="FILE", help="a file that names further files, one a line")
    parser.add_argument("--conclusions", action="store_true", help="print what accepted files establish")
    parser.add_argument("--trust", action="store_true", help="print what is trusted, and stop")
    for limit, value in LIMITS.items():
        parser.add_argument("--max-" + limit, type=int, default=value, metavar="N", help="default: %(default)s")
    options = parser.parse_args()
    if options.trust:
        print(__doc__.split("\n\n")[-1].strip())
        return 0
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # digits are limited by --max-digits and --max-bits
    limits, codes, files = {limit: getattr(options, "max_" + limit) for limit in LIMITS}, {0}, []
    if options.list:
        with open(options.list) as names:
            options.files += names.read().splitlines()
    for name in options.files:
        below = (os.path.join(folder, file) for folder, _, each in os.walk(name) for file in each)
        files += sorted(file for file in below if file.endswith(".json") and os.path.basename(file) != "manifest.json") \
            if os.path.isdir(name) else [name]
    if not files:
        parser.error("expected certificates, found none")
    for file in files:
        try:
            word, code, conclusions = verdict(file, limits)
        except Exception:
            traceback.print_exc()
            word, code, conclusions = "fault", 70, []
        codes.add(code)
        print("\n ".join([word + " " + file] + conclusions * options.conclusions))
    return next(code for code in (70, 2, 1, 3, 0) if code in codes)


if __name__ == "__main__":
    sys.exit(main())
