package io.jenkins.plugins.mdoq.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.controller.OpenReleases.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenReleasesTest {

    private static final Build SHOP = new Build("shop/release of the web", 7);
    private static final Build OTHER = new Build("shopping", 7);

    @TempDir
    private Path home;

    private OpenReleases open;

    @BeforeEach
    void build() {
        open = new OpenReleases(home);
    }

    @Test
    void shouldKnowNothingAtFirst() throws Exception {
        assertThat(open.all()).isEmpty();
        open.remove(SHOP);
    }

    @Test
    void shouldKnowWhatWasNotedAfterARestart() throws Exception {
        open.add(SHOP);
        open.add(SHOP);
        open.add(OTHER);

        assertThat(new OpenReleases(home).all()).containsExactlyInAnyOrder(SHOP, OTHER);
        new OpenReleases(home).remove(SHOP);
        assertThat(new OpenReleases(home).all()).containsExactly(OTHER);
    }

    @Test
    void shouldNoteABuildAnewThatWasForgotten() throws Exception {
        open.add(SHOP);
        open.remove(SHOP);
        open.add(SHOP);

        assertThat(open.all()).containsExactly(SHOP);
    }

    @Test
    void shouldFollowAFolderThatIsRenamed() throws Exception {
        open.add(SHOP);
        open.add(OTHER);
        open.moved("shop", "store/shop");

        assertThat(open.all()).containsExactlyInAnyOrder(new Build("store/shop/release of the web", 7), OTHER);
        open.moved("store/shop/release of the web", "x");
        assertThat(open.all()).containsExactlyInAnyOrder(new Build("x", 7), OTHER);
    }

    @Test
    void shouldTakeAJobWhoseNameIsLongerThanThatOfAFileMayBe() throws Exception {
        Build deep = new Build("folder/".repeat(100) + "release", 1);
        open.add(deep);

        assertThat(open.all()).containsExactly(deep);
    }

    @Test
    void shouldPassOverWhatIsNoneOfIts() throws Exception {
        open.add(SHOP);
        Path folder = home.resolve(OpenReleases.FOLDER);
        Files.writeString(folder.resolve("torn.new"), "7 sh");
        Files.writeString(folder.resolve("note"), "seven shop");
        Files.writeString(folder.resolve("empty"), "");

        assertThat(open.all()).containsExactly(SHOP);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("and touch none of it").hasSize(4);
        }
    }
}
