package io.jenkins.plugins.mdoq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs that fuzzing began with and found; how it is done stands in docs/security.md. */
class FuzzCorpusTest {

    private static Path folder() throws Exception {
        return Path.of(FuzzCorpusTest.class.getResource("/fuzz").toURI());
    }

    static List<Path> inputs() throws Exception {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void shouldTakeEachInput(Path input) throws Exception {
        Class<?> target = Class.forName(input.getParent().getFileName().toString());
        MethodHandle take = MethodHandles.publicLookup()
                .findStatic(target, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));

        assertThatCode(() -> take.invoke(Files.readAllBytes(input))).doesNotThrowAnyException();
    }

    @Test
    void shouldHaveInputsForEachTarget() throws Exception {
        try (Stream<Path> folders = Files.list(folder())) {
            assertThat(folders.map(target -> target.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "io.jenkins.plugins.mdoq.delivery.AnswerFuzz",
                            "io.jenkins.plugins.mdoq.lock.LockApiFuzz",
                            "io.jenkins.plugins.mdoq.lock.LockValueFuzz",
                            "io.jenkins.plugins.mdoq.report.JournalFuzz",
                            "io.jenkins.plugins.mdoq.secret.RedactorFuzz");
        }
    }
}
