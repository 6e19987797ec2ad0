package org.loopcert.testing.junit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.loopcert.derivation.DerivationReport;
import org.loopcert.derivation.DerivationSyntaxException;
import org.loopcert.input.ExactDecimal;
import org.loopcert.input.InputException;
import org.loopcert.input.InputLimits;
import org.loopcert.input.InputOptions;
import org.loopcert.input.Problem;
import org.loopcert.input.StepSpec;
import org.loopcert.testing.CertificateFile;
import org.loopcert.testing.DerivationFile;
import org.loopcert.testing.InstanceFile;

/**
 * Invokes a method once for each file that {@link LoopcertInstances}, {@link LoopcertCertificates} or
 * {@link LoopcertDerivations} names, with the name of the file as the name of the test. A folder that is missing, empty or unreadable fails the method: nothing is skipped
 * in silence.
 */
public final class LoopcertExtension implements TestTemplateInvocationContextProvider {
    /** For JUnit. */
    public LoopcertExtension() {}

    /** How a file becomes the argument for a parameter of some type. */
    private interface Reading {
        Object read(Path file) throws IOException, InputException, DerivationSyntaxException;
    }

    /** What an annotation says: the files, and what they can be given to the method as. */
    private record Source(String annotation, String[] patterns, Map<Class<?>, Reading> readings) {
        static Source of(LoopcertInstances annotation) {
            InputOptions options = options(annotation);
            return new Source(
                    "@LoopcertInstances",
                    annotation.value(),
                    Map.of(
                            InstanceFile.class,
                            file -> new InstanceFile(file, options),
                            Problem.class,
                            file -> new InstanceFile(file, options).read(),
                            Path.class,
                            file -> file));
        }

        static Source of(LoopcertCertificates annotation) {
            return new Source(
                    "@LoopcertCertificates",
                    annotation.value(),
                    Map.of(
                            CertificateFile.class,
                            CertificateFile::new,
                            byte[].class,
                            Files::readAllBytes,
                            Path.class,
                            file -> file));
        }

        static Source of(LoopcertDerivations annotation) {
            return new Source(
                    "@LoopcertDerivations",
                    annotation.value(),
                    Map.of(
                            DerivationFile.class,
                            DerivationFile::new,
                            DerivationReport.class,
                            file -> new DerivationFile(file).check(),
                            Path.class,
                            file -> file));
        }
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return !sources(context.getRequiredTestMethod()).isEmpty();
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        for (Source source : sources(method)) {
            try {
                invocations.addAll(
                        invocations(source, context.getRequiredTestClass().getClassLoader()));
            } catch (ExtensionConfigurationException e) {
                throw new ExtensionConfigurationException(
                        source.annotation() + " of "
                                + method.getDeclaringClass().getName() + "." + method.getName() + ": " + e.getMessage(),
                        e);
            }
        }
        return invocations.stream();
    }

    private static List<TestTemplateInvocationContext> invocations(Source source, ClassLoader loader) {
        if (source.patterns().length == 0) {
            throw new ExtensionConfigurationException("expected a file, a folder or a glob, found none");
        }
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (String pattern : source.patterns()) {
            for (FilePattern.Found found : FilePattern.of(pattern).files(loader)) {
                if (seen.add(found.file().toAbsolutePath().normalize())) {
                    invocations.add(new Invocation(source, found));
                }
            }
        }
        return invocations;
    }

    private static List<Source> sources(Method method) {
        List<Source> sources = new ArrayList<>();
        add(sources, AnnotationSupport.findAnnotation(method, LoopcertInstances.class), Source::of);
        add(sources, AnnotationSupport.findAnnotation(method, LoopcertCertificates.class), Source::of);
        add(sources, AnnotationSupport.findAnnotation(method, LoopcertDerivations.class), Source::of);
        return sources;
    }

    private static <A> void add(List<Source> sources, Optional<A> annotation, Function<A, Source> source) {
        annotation.map(source).ifPresent(sources::add);
    }

    private static InputOptions options(LoopcertInstances said) {
        InputOptions options = InputOptions.NONE.withLoss(said.loss());
        try {
            if (!said.labels().isEmpty()) {
                options = options.withLabels(said.labels());
            }
            if (said.features().length > 0) {
                options = options.withFeatures(List.of(said.features()));
            }
            if (said.constant()) {
                options = options.withConstant();
            }
            if (said.loops() >= 0) {
                options = options.withLoops(said.loops());
            }
            if (!said.query().isEmpty()) {
                options = options.withQuery(ExactDecimal.parse(said.query(), InputLimits.DEFAULT));
            }
            return said.step().isEmpty() ? options : options.withStep(StepSpec.parse(said.step()));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("@LoopcertInstances: " + e.getMessage(), e);
        }
    }

    /** One file. */
    private record Invocation(Source source, FilePattern.Found found)
            implements TestTemplateInvocationContext, ParameterResolver {
        @Override
        public String getDisplayName(int invocation) {
            return found.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return source.readings().containsKey(parameter.getParameter().getType());
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            try {
                return source.readings().get(parameter.getParameter().getType()).read(found.file());
            } catch (InputException e) {
                throw new ParameterResolutionException("refused: " + e.getMessage(), e);
            } catch (DerivationSyntaxException e) {
                throw new ParameterResolutionException(
                        "no derivation: " + found.file() + ":" + e.place() + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new ParameterResolutionException("cannot read " + found.file() + ": " + e, e);
            }
        }
    }
}
