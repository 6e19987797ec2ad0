#!/usr/bin/env python3
"""Checks certificates and refutations of loopcert/1 as FORMAT.md beside this file defines them; sections are its own.

Trusted: the rules of FORMAT.md with their reasons, a few lines of mathematics each; this one file; Python, from 3.8 on,
with its modules imported here (integers, fractions, JSON, regular expressions, files); the machine. Not trusted:
whatever wrote the certificate, what it says of its own conclusions, and the other checkers; they share no code.
"""
import argparse
import json
import pathlib
import re
import signal
import sys
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from math import gcd
from operator import mul, sub
from types import SimpleNamespace as Found  # a conclusion: its values by name, in the order of section 3.4

LIMITS = {"bytes": 32000000, "depth": 16, "values": 1000000, "digits": 10000, "dimension": 512,  # of a text: section 3.2
          "bits": 1000000, "seconds": 10}  # of this checker: of recomputed integers, of processor time
CODES = {"accepted": 0, "rejected": 1, "malformed": 2, "undecided": 3, "declined": 3, "fault": 70}
COUNT, FRACTIONS, INTEGERS = (1, 10 ** 12), ["fraction"], ["integer"]
EQUIVALENCE, LEAST, LARGEST = "step-equivalence", "smallest-positive-at-least", "lambda-max-at-most"
TASK, SMALL = EQUIVALENCE + " realizable", LEAST + " small-steps"
FIELDS = {  # texts but for: counts in a range, numbers, [each of an array], fields of an object, or as its first says
    "cost": "n d loops digits bytes", "n": COUNT, "d": COUNT, "loops": (0, 10 ** 12), "digits": (1, 2 ** 31 - 1),
    "bytes": COUNT, "instance": "any", "lines": ["any"], "measured": "any", "alpha": "fraction", "start": FRACTIONS,
    "step": {"constant": "kind eta", "schedule": "kind etas", "lambda-max": "kind "}, "eta": "fraction",
    "etas": FRACTIONS, "theta": FRACTIONS, "y": FRACTIONS, "X": [FRACTIONS], "line": COUNT,
    "premises": [(1, 2 ** 31 - 1)], "bound": "fraction", "nullSpace": [INTEGERS], "weight": INTEGERS,
    "witness": {"factor": "method scale rows", "elimination": "method "}, "scale": (0, 100000), "rows": [INTEGERS],
    "vector": INTEGERS, "grid": (1, 10 ** 7), "preimage": FRACTIONS, "t": (0, 10 ** 12), "lower": "fraction",
    "upper": "fraction", "bits": (1, 100000), "residual": "fraction", "iterates": ["t theta distance"],
    "distance": "fraction", "trajectory": [FRACTIONS]}


class Refused(Exception):
    """The end of a check, and why."""


def require(condition, reason="malformed", *more):  # further conditions and reasons in order
    if not condition:
        raise Refused(reason)
    return not more or require(*more)


def dot(a, b):
    return sum(map(mul, a, b))


def divide(p, q, up):  # section 4.8, as the next two, where a pair m, e is the number m 2^e
    return -(-p // q) if up else p // q


def rounded(m, e, up):
    excess = max(0, m.bit_length() - 128)
    return (divide(m, 1 << excess, up), e + excess) if m else (0, 0)


def times(value, p, q, up):
    shift = max(0, q.bit_length() + 128 - p.bit_length())
    return rounded(value[0] * divide(p << shift, q, up), value[1] - shift, up)


class Check:
    """One check: the text, the instance, the rules that take some lines (from premises and witness to conclusion)."""

    def __init__(self, limits):
        self.limits, self.digits, self.line = limits, 1, 0

    def within(self, limit, found):
        require(found <= self.limits[limit], "undecided limit")

    def read(self, kind, value):  # fields are these in this order, name:kind if not of the kind in FIELDS
        if isinstance(kind, list):
            require(isinstance(value, list))
            return [self.read(kind[0], item) for item in value]
        if isinstance(kind, tuple):
            require(isinstance(value, int) and kind[0] <= value <= kind[1])
            return value
        if isinstance(kind, dict):
            require(isinstance(value, dict) and str(list(value.values())[0]) in kind)
            kind = kind[list(value.values())[0]]
        if " " in kind:
            names = [each.split(":") for each in kind.split()]
            require(isinstance(value, dict) and list(value) == [each[0] for each in names])
            return [self.read(FIELDS.get(each[-1], "text"), value[each[0]]) for each in names]
        require(isinstance(value, str) or kind == "any")
        if kind in ("any", "text"):
            return value
        require(re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", value))
        self.digits = max(self.digits, *map(len, value.lstrip("-").split("/")))
        self.within("digits", self.digits)
        number = Fraction(*map(int, value.split("/")))
        require(str(number) == value and (kind == "fraction" or number.denominator == 1))
        return number if kind == "fraction" else number.numerator

    def instance(self, value):  # and the integers that rules compute with: D X, D y, D^2 G, D^2 b, D^2
        named = "theta " if isinstance(value, dict) and "theta" in value else ""
        self.alpha, self.loops, (self.step, *etas), self.start, *task, y, x = self.read(
            "alpha loops step start %sy X" % named, value)
        self.etas, self.theta = etas[0] if self.step == "schedule" else etas, task[0] if task else None
        n, d = self.n, self.d = len(y), len(self.start)
        require(n == len(x) > 0 < d and all(len(row) == d for row in x + task))
        require(self.step != "schedule" or len(self.etas) == self.loops)
        require(self.alpha != 0, "zero-query")
        self.within("dimension", d)
        entries, self.scale = self.over_common([entry for row in x for entry in row] + y)
        self.rows, self.labels = [entries[i:i + d] for i in range(0, n * d, d)], entries[n * d:]
        self.columns, self.square = list(zip(*self.rows)), self.scale ** 2
        half = [[dot(column, other) for other in self.columns[:i + 1]] for i, column in enumerate(self.columns)]
        self.gram = [[half[max(i, j)][min(i, j)] for j in range(d)] for i in range(d)]
        self.moment = [dot(column, self.labels) for column in self.columns]
        self.first, self.zero = [-q / self.alpha for q in self.start], not any(self.start)

    def over_common(self, fractions):  # the numerators over a common denominator, and that denominator
        common = reduce(lambda a, b: a // gcd(a, b) * b, (each.denominator for each in fractions), 1)
        self.within("bits", 16 * common.bit_length())
        return [each.numerator * (common // each.denominator) for each in fractions], common

    def norm(self, fractions):  # squared
        numerators, common = self.over_common(list(fractions))
        return Fraction(dot(numerators, numerators), common ** 2)

    def image(self, v):  # D^2 G v
        require(len(v) == self.d, "shape")
        return [dot(row, v) for row in self.gram]

    def rayleigh(self, v):  # v'Gv / v'v
        image = self.image(v)
        require(any(v), "zero-witness")
        return Fraction(dot(v, image), dot(v, v) * self.square)

    def residual(self, theta):  # the numerators of y - X theta, and |y - X theta|^2
        require(len(theta) == self.d, "shape")
        numerators, common = self.over_common(theta)
        residual = [y * common - dot(row, numerators) for row, y in zip(self.rows, self.labels)]
        return residual, Fraction(dot(residual, residual), (common * self.scale) ** 2)

    def semidefinite(self, x, y, extra, method, scale=0, rows=()):  # section 4.2 for D^2 q (x G + y I) + extra, q of y
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
            pivot, line = a.pop(k).pop(k), [row.pop(k) for row in a]
            a = [[(entry * pivot - p * q) // previous for entry, q in zip(row, line)] for row, p in zip(a, line)]
            previous = pivot
        return True

    def descend(self, last):  # theta(t) = numerators / common for t = 0..last, never reduced, and the next eta_t / D^2
        require(self.step != "lambda-max" or self.loops == 0, "step-kind")
        numerators, common = self.over_common(self.first)
        for t in range(last + 1):
            eta = self.etas[t if self.step == "schedule" else 0] if t < last else Fraction(0)
            p, q = (eta / self.square).as_integer_ratio()
            yield numerators, common, p, q
            numerators = [entry * q - p * (dot(row, numerators) - moment * common)
                          for entry, row, moment in zip(numerators, self.gram, self.moment)]
            common *= q
            self.within("bits", max(map(int.bit_length, numerators + [common])))

    def replay(self):
        token = self.over_common(self.start + [self.alpha])[0]  # (q(t), alpha) up to a positive factor
        for theta, common, p, q in self.descend(self.loops):
            require(all(entry * common == -token[-1] * other for entry, other in zip(token, theta)), "not-gradient")
            scores = [dot(row, token) + label * token[-1] for row, label in zip(self.rows, self.labels)]
            gradient = [dot(scores, column) for column in self.columns] + [0]
            token = [entry * q - p * slope for entry, slope in zip(token, gradient)]
        return Found(loops=self.loops)

    def smallest_positive(self, mu, basis, weight, witness):
        require(mu > 0, "not-positive", len(basis) < self.d, "null-space")
        for v in basis:
            require(len(v) == self.d, "shape")
            require(not any(dot(row, v) for row in self.rows), "null-space")
        alone = [i for i in range(self.d) if sum(v[i] != 0 for v in basis) == 1]
        require(all(any(v[i] for i in alone) for v in basis), "null-space")
        across = [[v[i] for v in basis] for i in range(self.d)]
        self.semidefinite(1, -mu, [[sum(weight) * dot(p, q) for q in across] for p in across], *witness)
        return Found(bound=mu, rank=self.d - len(basis))

    def small_steps(self, *bounds):
        top, constant = bounds[-1].bound, self.step == "constant"
        if self.step == "lambda-max":
            return Found(lower=self.loops / top, upper=self.loops / bounds[0].bound, constant=1 / top)
        require(all(0 < eta and eta * top <= 1 for eta in self.etas), "step-too-large")
        numerators, common = self.over_common(self.etas)
        total = Fraction(sum(numerators), common) * (self.loops if constant else 1)
        return Found(lower=total, upper=total, constant=self.etas[0] if constant else None)

    def factor(self, low, step):  # F of contraction-small-steps
        return ["product", low.bound] if step.constant is None else ["power", 1 - step.constant * low.bound, self.loops]

    def contraction_constant(self, low, top):
        require(self.step == "constant", "step-kind")
        rho = max(abs(1 - self.etas[0] * low.bound), abs(1 - self.etas[0] * top.bound))
        return require(rho < 1, "not-contracting") and Found(factor=["power", rho, self.loops])

    def contraction_schedule(self, low, top, grid):
        require(self.step == "schedule", "step-kind", self.loops < grid, "grid")
        self.within("seconds", (self.loops + 4) * grid // 10 ** 6)
        largest, tiny = 0, Fraction(1, 1 << 4096)
        for j in range(2 * grid + 2):  # both signs of each node
            node = Fraction(grid ** 2 - (j // 2) ** 2, grid ** 2 + (j // 2) ** 2)
            x, value = (low.bound + top.bound + (top.bound - low.bound) * (-1) ** j * node) / 2, (1, 0)
            for eta in self.etas:
                q = eta.denominator * x.denominator
                value = times(value, abs(q - eta.numerator * x.numerator), q, True)
            largest = max(largest, Fraction(2) ** value[1] * value[0])
        bound = (tiny if 0 < largest < tiny / 2 else largest) / (1 - Fraction(self.loops, grid) ** 2 / 2)
        return require(bound < 1, "not-contracting") and Found(factor=["value", bound])

    def non_contraction_constant(self, v):
        require(self.step == "constant", "step-kind")
        quotient, eta = self.rayleigh(v), self.etas[0]
        require(quotient > 0 and (eta <= 0 or eta * quotient >= 2), "not-refuted")
        return Found(gain=abs(1 - eta * quotient))

    def non_contraction_schedule(self, low, high):
        require(self.step == "schedule", "step-kind", self.loops > 0, "not-refuted")
        value = (1, 0)
        for eta in self.etas:
            ends = 1 - eta * low.bound, 1 - eta * high.bound
            least = max(min(ends), -max(ends), Fraction(0))
            value = times(value, least.numerator, least.denominator, False)
        self.within("bits", abs(value[1]))
        gain = Fraction(2) ** value[1] * value[0]
        return require(gain >= 1, "not-refuted") and Found(gain=gain)

    def least_squares(self, low, theta, preimage):
        residual, square = self.residual(theta)
        require(not any(dot(column, residual) for column in self.columns), "not-least-squares")
        require(len(preimage) == (self.d if low.rank < self.d else 0), "shape")
        if low.rank < self.d:
            numerators, common = self.over_common(preimage)
            image = [Fraction(entry, common * self.square) for entry in self.image(numerators)]
            require(theta == image, "not-least-squares")
        return Found(rank=low.rank, norm=self.norm(theta), residual=square, theta=theta)

    def unit_task(self, task, rank):
        return require(task.norm == 1, "not-unit", self.zero, "start-not-zero", rank == self.d, "rank")

    def exponent(self, task, spectrum, steps, second):
        x, free = spectrum.mu * steps.lower / max(self.loops, 1), self.step == "lambda-max" or self.loops == 0
        self.unit_task(task, spectrum.rank)
        return require(free or x + second * x * x >= (second + Fraction(1, 2)) / spectrum.a, "exponent")

    def two_sided(self, _, task, low, steps):
        self.unit_task(task, low.rank)
        require(steps.constant is not None, "step-kind")
        step = steps.upper / self.loops if self.loops else steps.constant
        lower = max(Fraction(0), 1 - step * Fraction(dot(self.labels, self.labels), self.square))
        return Found(lower=lower, upper=1 - steps.constant * low.bound, loops=self.loops)

    def noise(self, _, low, steps):
        require(low.rank == self.d, "rank", self.zero, "start-not-zero", self.theta is not None, "no-task")
        norm, floor = self.norm(self.theta), self.residual(self.theta)[1] * min(1 / low.bound, steps.upper)
        return Found(alpha=abs(self.alpha), norm=norm, factor=self.factor(low, steps), floor=norm * floor)

    def error_by_replay(self, _, solution, t, lower, upper):
        require(t <= self.loops, "shape")
        for theta, common, _, _ in self.descend(t):
            pass
        u, scale = self.over_common(solution.theta)
        error = abs(self.alpha * Fraction(dot(theta, u) * scale - dot(u, u) * common, common * scale ** 2))
        require(lower <= error <= upper, "not-enclosed")
        return Found(t=t, lower=lower, upper=upper)

    def error_by_powering(self, _, solution, *rest):
        *spectrum, precision, t, lower, upper = rest
        require(self.step != "schedule", "step-kind", t <= self.loops, "shape")
        one = 1 << precision

        def enclose(*fractions):
            return min(x * one // 1 for x in fractions), max(-(-x * one // 1) for x in fractions)

        def product(a, b):
            ends = [(p * r, p * s, q * r, q * s) for (p, q), (r, s) in zip(a, b)]
            return sum(map(min, ends)) >> precision, -(-sum(map(max, ends)) >> precision)
        etas = self.etas or [1 / spectrum[0].top, 1 / spectrum[0].top_lower]
        power = [[enclose(*((i == j) - eta * Fraction(entry, self.square) for eta in etas))
                  for j, entry in enumerate(row)] for i, row in enumerate(self.gram)]
        state = [enclose(p - q) for p, q in zip(self.first, solution.theta)]
        for bit in range(t.bit_length()):
            power = [[product(row, other) for other in power] for row in power] if bit else power
            state = [product(row, state) for row in power] if t >> bit & 1 else state
            self.within("bits", max(end.bit_length() for row in power for ends in row for end in ends))
        ends = product([enclose(x) for x in solution.theta], state)
        low, high = enclose(*(self.alpha * Fraction(end, one) for end in ends))
        require(lower * one <= max(low, -high, 0) and max(-low, high) <= upper * one, "not-enclosed")
        return Found(t=t, lower=lower, upper=upper)

    def paper_bound_value(self, bound, lower, upper):
        for kappa, up in (bound.a, True), (bound.b, False):
            x, total, term = self.loops / (2 * kappa), 1 << 256, 1 << 256  # exp(x) as m 2^e
            halvings = max(0, x.numerator.bit_length() - x.denominator.bit_length() + 2)
            r = divide(x.numerator << 256, x.denominator << halvings, up)
            for k in range(1, 61):
                term = divide(term * r, k << 256, up)
                total += term
            m, e = times((1, 0), total + up * term, 1 << 256, up)
            for _ in range(halvings):
                m, e = rounded(m * m, 2 * e, up)
            far = e + m.bit_length() - (not up) > 4096
            value = abs(self.alpha) * (Fraction(not up, 1 << 4096) if far else 1 / (Fraction(2) ** e * m))
            require(lower <= value if up else value <= upper, "not-enclosed")
        return Found(lower=lower, upper=upper)

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
        require(low.rank == self.d, "rank", self.step != "lambda-max", "step-kind", rho >= 0, "not-positive")
        require(1 <= len(given) <= self.loops + 1 and all(len(vector) == self.d for vector in given), "shape")
        k, schedule, start = len(given) - 1, self.step == "schedule", self.norm(map(sub, given[0], solution.theta))
        etas = self.etas[:k] if schedule else self.etas * k
        for eta, now, then in zip(etas, given, given[1:]):
            numerators, common = self.over_common(now)
            slope = [p - moment * common for p, moment in zip(self.image(numerators), self.moment)]
            stepped = [entry - eta * Fraction(g, common * self.square) for entry, g in zip(now, slope)]
            require(self.norm(map(sub, then, stepped)) <= rho ** 2, "not-enclosed")
        if not schedule:
            rate = self.etas[0] * low.bound
            return Found(k=k, factor=["power", 1 - rate, k], residue=rho * min(k, 1 / rate), start=start)
        return Found(k=k, factor=["product", low.bound], residue=rho * k, start=start)

    def check(self, data):  # the kind of an accepted file, and its conclusions in words
        # section 2.1: read leniently, printed by the rules and compared
        self.within("bytes", len(data))
        bare = re.sub(rb'"[^"]*"', b'""', data)  # what stands outside of strings
        self.within("depth", max(accumulate((c in b"[{") - (c in b"]}") for c in bare), default=0))
        self.within("values", 1 + sum(map(bare.count, (b",", b"[", b"{"))) - len(re.findall(rb"\[\s*\]", bare)))
        require(not re.search(rb"[^ -~\n]|\\", data) and not re.search(rb'[^][{}:, \n0-9"-]|[0-9]{19}|{\s*}', bare))
        root = json.loads(data, object_pairs_hook=lambda pairs: require(len(pairs) <= 32) and dict(pairs))
        plain = r'(?:"[^"]*"|[0-9-]+)'  # arrays of plain values stand on one line
        text = re.sub(r"\[\n *(%s(?:,\n *%s)*)\n *\]" % (plain, plain),
                      lambda found: "[%s]" % re.sub(",\n *", ", ", found[1]), json.dumps(root, indent=1))
        require((text + "\n").encode("ascii") == data)
        require(isinstance(root, dict) and root.get("format") == "loopcert/1")
        require(root.get("kind") != "counterexample", "declined counterexample")
        _, kind, cost, instance, lines, *_ = self.read(
            "format kind cost instance lines" + " measured" * ("measured" in root), root)
        require(kind in ("certificate", "refutation"))
        for at, line in enumerate(lines):
            require(isinstance(line, dict) and str(line.get("rule")) in RULES)
            number, name, *_ = lines[at] = self.read("line rule premises " + RULES[line["rule"]][1], line)
            require(number == at + 1 and GRAMMAR.get(name, lambda *_: True)(*lines[at][3:]))
        if isinstance(instance, dict) and "sha256" in instance:
            require(re.fullmatch("[0-9a-f]{64}", *self.read("sha256 ", instance)))
            require(False, "undecided needs-input")
        self.instance(instance)
        require(cost == [self.n, self.d, self.loops, self.digits, len(data)], "cost")
        found, kinds, words = [], [], []
        for self.line, name, premises, *witness in lines:
            expected, _, conclude = RULES[name]
            require(max(premises, default=0) < self.line, "premise-order")
            given = " ".join(kinds[at - 1] for at in premises)
            require(given == (expected(self, given, *witness) if callable(expected) else expected), "premise-kind")
            found.append(conclude(self, *(found[at - 1] for at in premises), *witness))
            kinds.append(next((kind for kind in KINDS if name in KINDS[kind]), name))
            values = [x if isinstance(x, list) else ["-" if x is None else x] for x in vars(found[-1]).values()]
            words.append(" ".join(map(str, sum(values, [self.line, name]))))
        self.line = 0
        needed = {EQUIVALENCE, "spectrum", "contraction"} if kind == "certificate" else {"non-contraction"}
        require(needed <= set(kinds), "missing-obligation")
        return kind, words

    def verdict(self, path):  # and what is established
        try:
            if hasattr(signal, "setitimer"):
                signal.signal(signal.SIGPROF, lambda *_: require(False, "undecided limit"))
                signal.setitimer(signal.ITIMER_PROF, self.limits["seconds"])
            with path.open("rb") as file:
                kind, words = self.check(file.read(self.limits["bytes"] + 1))
            return "accepted " + kind, words
        except Refused as refused:
            reason = str(refused)
            return reason if reason.split()[0] in CODES else "rejected %s %d" % (reason, self.line), []
        except (MemoryError, RecursionError):
            return "undecided limit", []
        except (OSError, json.JSONDecodeError):
            return "malformed", []
        except Exception:
            sys.excepthook(*sys.exc_info())
            return "fault", []
        finally:
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_PROF, 0)


KINDS = {EQUIVALENCE: ("symbolic-attention", "replay"),
         "contraction": ("contraction-small-steps", "contraction-constant", "contraction-schedule"),
         "non-contraction": ("non-contraction-constant", "non-contraction-schedule")}
UNMET = {  # hypotheses: the premises, and when they show it unmet
    "label-noise": ("least-squares", lambda c, solution: solution.residual > 0),
    "rank-deficient": (LEAST, lambda c, low: low.rank < c.d),
    "start": ("", lambda c: not c.zero),
    "norm": ("realizable " + LEAST, lambda c, task, mu: require(mu.rank == c.d or c.theta, "rank") and task.norm != 1),
    "step": ("lambda-max-at-least", lambda c, top: any(eta <= 0 or eta * top.bound > 1 for eta in c.etas))}
THEOREMS = {"error-identity": ("label-noise", "start"), "theorem-4.4": UNMET, "tight-bound": UNMET,
            "doubled-exponent": UNMET, "two-sided": UNMET}
GRAMMAR = {  # what the grammar asks beyond the kinds of fields
    LEAST: lambda bound, basis, weight, witness: len(weight) == min(len(basis), 1),
    "unmet": lambda theorem, hypothesis: hypothesis in THEOREMS.get(theorem, ()),
    "rounded-iterates": lambda given: all(now[0] < then[0] for now, then in zip(given, given[1:]))}
RULES = {  # section 4: premises, witness, conclusion
    "symbolic-attention": ("", "", lambda c: require(  # the coefficients of the form in each column
        [[dot(other, column) for other in c.columns + [c.labels]] for column in c.columns]
        == [row + [moment] for row, moment in zip(c.gram, c.moment)], "not-gradient") and Found()),
    "replay": ("", "", Check.replay),
    LARGEST: ("", "bound witness", lambda c, bound, witness: c.semidefinite(
        -1, bound, [[0] * c.d] * c.d, *witness) and Found(bound=bound)),
    LEAST: ("", "bound nullSpace weight witness", Check.smallest_positive),
    "lambda-max-at-least": ("", "bound vector", lambda c, bound, v: require(
        bound > 0, "not-positive", c.rayleigh(v) >= bound, "rayleigh") and Found(bound=bound)),
    "smallest-positive-at-most": ("", "bound vector", lambda c, bound, w: require(
        c.rayleigh(c.image(w)) <= bound, "rayleigh") and Found(bound=bound)),
    "spectrum": (LEAST + " smallest-positive-at-most lambda-max-at-least " + LARGEST, "", lambda c, mu, high, low, top:
                 Found(rank=mu.rank, mu=mu.bound, mu_upper=high.bound, top_lower=low.bound, top=top.bound,
                       a=max(Fraction(1), low.bound / high.bound), b=top.bound / mu.bound)),
    "exponential": ("spectrum", "", lambda c, spectrum: Found(a=spectrum.a, b=spectrum.b, loops=c.loops)),
    "small-steps": (lambda c, _: "lambda-max-at-least " * (c.step == "lambda-max") + LARGEST, "", Check.small_steps),
    "contraction-small-steps": (SMALL, "", lambda c, low, steps: require(
        steps.constant is not None or c.loops, "not-contracting") and Found(factor=c.factor(low, steps))),
    "contraction-constant": (LEAST + " " + LARGEST, "", Check.contraction_constant),
    "contraction-schedule": (LEAST + " " + LARGEST, "grid", Check.contraction_schedule),
    "non-contraction-constant": ("", "vector", Check.non_contraction_constant),
    "non-contraction-schedule": (lambda c, given: LEAST + " smallest-positive-at-most" if given[:1] != "l" else
                                 "lambda-max-at-least " + LARGEST, "", Check.non_contraction_schedule),
    "realizable": ("", "theta", lambda c, theta: require(c.residual(theta)[1] == 0, "not-realizable", c.theta in (
        None, theta), "no-task") and Found(norm=c.norm(theta), theta=theta)),
    "least-squares": (LEAST, "theta preimage", Check.least_squares),
    "unmet": (lambda c, _, theorem, hypothesis: UNMET[hypothesis][0], "theorem hypothesis", lambda c, *facts: require(
        UNMET[facts[-1]][1](c, *facts[:-2]), "hypothesis-holds") and Found(theorem=facts[-2], hypothesis=facts[-1])),
    "theorem-4.4": (TASK + " spectrum small-steps", "", lambda c, _, *facts: c.exponent(*facts, 0) and Found(
        alpha=c.alpha, loops=c.loops, a=facts[1].a, b=facts[1].b)),
    "tight-bound": (TASK + " " + SMALL, "", lambda c, _, task, low, steps: c.unit_task(task, low.rank)
                    and Found(alpha=c.alpha, factor=c.factor(low, steps))),
    "doubled-exponent": (TASK + " spectrum small-steps", "", lambda c, _, *facts: c.exponent(
        *facts, Fraction(1, 2)) and Found(alpha=c.alpha, loops=c.loops)),
    "two-sided": (TASK + " " + SMALL, "", Check.two_sided),
    "general-labels": (EQUIVALENCE + " least-squares contraction", "", lambda c, _, solution, contraction: Found(
        square=c.alpha ** 2 * solution.norm * c.norm(map(sub, c.first, solution.theta)), factor=contraction.factor)),
    "limit-error": (EQUIVALENCE + " least-squares realizable contraction", "", lambda c, _, best, task, f: require(
        c.zero, "start-not-zero", best.rank < c.d, "rank") and Found(limit=abs(c.alpha) * (task.norm - best.norm),
        square=(c.alpha * best.norm) ** 2, factor=f.factor, theta=task.theta)),
    "noise": (EQUIVALENCE + " " + SMALL, "", Check.noise),
    "error-identity": (TASK, "", lambda c, _, task: require(c.zero, "start-not-zero") and Found(theta=task.theta)),
    "error-by-replay": (EQUIVALENCE + " least-squares", "t lower upper", Check.error_by_replay),
    "error-by-powering": (lambda c, *_: EQUIVALENCE + " least-squares" + " spectrum" * (c.step == "lambda-max"),
                          "bits t lower upper", Check.error_by_powering),
    "theorem-4.4-value": ("theorem-4.4", "lower upper", Check.paper_bound_value),
    "rounded-iterates": ("", "iterates", Check.rounded_iterates),
    "rounded-trajectory": (SMALL + " least-squares", "residual iterates:trajectory", Check.rounded_trajectory)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="certificates, or folders of them")
    parser.add_argument("--list", metavar="FILE", help="a file that names further files, one a line")
    parser.add_argument("--conclusions", action="store_true", help="print what accepted files establish")
    parser.add_argument("--trust", action="version", version=__doc__.split("\n\n")[-1], help="print what is trusted")
    for limit, value in LIMITS.items():
        parser.add_argument("--max-" + limit, type=int, default=value, metavar="N", help="default: %(default)s")
    options, codes = parser.parse_args(), set()
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # --max-digits and --max-bits limit them
    limits = {limit: getattr(options, "max_" + limit) for limit in LIMITS}
    listed = pathlib.Path(options.list).read_text().split("\n") if options.list else []
    for name in options.files + list(filter(None, listed)):
        below = [str(file) for file in pathlib.Path(name).rglob("*.json")
                 if file.name != "manifest.json" and not file.is_dir()]
        for file in sorted(below) if pathlib.Path(name).is_dir() else [name]:
            word, words = Check(limits).verdict(pathlib.Path(file))
            codes.add(CODES[word.split()[0]])
            print("\n ".join([word + " " + file] + words * options.conclusions))
    return next((code for code in (70, 2, 1, 3, 0) if code in codes), 2)


if __name__ == "__main__":
    sys.exit(main())
