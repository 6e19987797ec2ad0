\\ Task R in PARI/GP, in integers at a common power of two, on one thread:
\\
\\   gp -q -f -D parisizemax=4G -D nbthreads=1 replay.gp </dev/null
\\
\\ with the file of the task (see task.h) and the repetitions in the variables TASK and REPETITIONS of the environment.
\\ Prints a line "pari SECONDS CHECKSUM" for every repetition: processor time without reading the file.

words = strsplit(strjoin(readstr(getenv("TASK")), " "), " ");
at = 0;
next_word() = at++; words[at];
next_integer() = eval(next_word());
n = next_integer(); d = next_integer(); loops = next_integer();
step = next_integer(); stepExponent = next_integer();
convexity = next_integer(); convexityExponent = next_integer();
denominator_ = next_integer();
star = vector(d, j, next_integer())~;

\\ the double of these bits, exactly
value(bits) =
{
  my(exponent = bitand(bits >> 52, 2047), mantissa = bitand(bits, 2^52 - 1));
  if (exponent > 0, mantissa += 2^52, exponent = 1);
  if (bittest(bits, 63), -mantissa, mantissa) * 2^(exponent - 1075);
}
entries = vector(n * d, i, value(eval(Str("0x", next_word()))));
rational = matrix(n, d, i, j, entries[(i - 1) * d + j]);

times2(v, bits) = v * 2^bits;

\\ |theta - star|^2 <= bound, upwards in floats; exactly where these cannot tell
requireBound(theta, power, t, bound) =
{
  my(e = theta - times2(star, power), floating, exact);
  floating = norml2(e * 1.) / 2.^(2 * power);
  if (floating * (1 + 2.^-90) > bound * (1 - 2.^-90),
    exact = (1 - step * convexity / 2^(stepExponent + convexityExponent))^t * denominator_^2;
    if (norml2(e) > exact * 2^(2 * power), error("the bound does not hold")));
}

replay() =
{
  my(scale, x, transposed, gram, labels, b, growth, q, theta, power, bound, factor, scores);
  scale = valuation(denominator(rational), 2);
  x = rational * 2^scale;
  transposed = x~;
  gram = transposed * x;
  labels = x * star;
  b = transposed * labels;
  growth = 2 * scale + stepExponent;
  q = vectorv(d); theta = vectorv(d);
  power = 0;
  bound = denominator_^2 * 1.;
  factor = (1 - step * convexity / 2^(stepExponent + convexityExponent)) * 1.;
  for (t = 0, loops,
    if (q != -theta, error("attention is not gradient descent"));
    requireBound(theta, power, t, bound);
    if (t < loops,
      bound *= factor * (1 - 2.^-100);
      scores = x * q + times2(labels, power);
      q = times2(q, growth) - step * (transposed * scores);
      theta = times2(theta, growth) - step * (gram * theta - times2(b, power));
      power += growth));
  [theta, power];
}

checksum(result) =
{
  my(p = 2^61 - 1);
  lift(Mod(sum(j = 1, d, j * result[1][j]), p) / (Mod(denominator_, p) * Mod(2, p)^result[2]));
}

\\ seconds and the result; gp's clock has milliseconds, so that short runs are repeated
measure() =
{
  my(count = 1, spent, start, result);
  while (1,
    start = getabstime();
    for (i = 1, count, result = replay());
    spent = getabstime() - start;
    if (spent >= 100, break);
    count *= 4);
  [spent / 1000. / count, result];
}

for (r = 1, eval(getenv("REPETITIONS")), measured = measure(); \
    print("pari ", strprintf("%.9f", measured[1]), " ", checksum(measured[2])));
quit
