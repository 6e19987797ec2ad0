package org.loopcert.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Task R: T loops of attention and of gradient descent, exact, compared and bounded at every t. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReplayBenchmark {
    @Param({"16x4x200", "128x4x200", "64x16x100", "256x64x100", "1024x128x50", "256x64x100r20"})
    private String size;

    @Param({"digits", "bigint", "reference"})
    private String contender;

    private LongSupplier work;

    @Setup
    public void setUp() throws IOException {
        BenchmarkTask task = BenchmarkTask.in(Path.of("target/benchmark"), BenchmarkTask.Size.parse(size));
        work = Contenders.named(contender).prepare(task, 1);
    }

    /** The checksum. */
    @Benchmark
    public long replay() {
        return work.getAsLong();
    }
}
