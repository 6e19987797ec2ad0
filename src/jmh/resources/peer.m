% Gradient descent with Octave on the prompts of the benchmark: prints 'name instances-per-second'.
1;
function theta = over_examples(eta, x, y)
  theta = zeros(columns(x), 1);
  for t = 1:200
    theta -= eta * (x' * (x * theta - y));
  end
end
function theta = through_gram(eta, x, y)
  gram = x' * x; labels = x' * y; theta = zeros(columns(x), 1);
  for t = 1:200
    theta -= eta * (gram * theta - labels);
  end
end
n = 128; d = 4;
handle = fopen(argv(){end}); values = fscanf(handle, "%f"); fclose(handle);
blocks = reshape(values, 1 + n * (d + 1), []);
for f = {@over_examples, @through_gram; "over examples", "through Gram"}
  best = 0;
  for round = 1:3
    start = tic; count = 0;
    while toc(start) < 0.5
      for b = 1:columns(blocks)
        z = reshape(blocks(2:end, b), d + 1, n)';
        f{1}(blocks(1, b), z(:, 1:d), z(:, d + 1));
        count++;
      end
    end
    best = max(best, count / toc(start));
  end
  printf("Octave %s %.17g\n", f{2}, best);
end
