package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockApiPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"release", "log", "status"})
    void shouldKnowItsThreePaths(String action) {
        assertThat(LockApiPath.action("", "/mdoq/lock/" + action)).isEqualTo(action);
        assertThat(LockApiPath.action("/jenkins", "/jenkins/mdoq/lock/" + action))
                .isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/mdoq",
                "/mdoq/lock",
                "/mdoq/lock/",
                "/mdoq/lock/release/",
                "/mdoq/lock/release/x",
                "/mdoq/lock/release;x=1",
                "/mdoq;x/lock/release",
                "/mdoq/lock/Release",
                "/mdoq/lock/releases",
                "/mdoq/lock/rele%61se",
                "/mdoq/lock%2Frelease",
                "/mdoq%2Flock/release",
                "//mdoq/lock/release",
                "/mdoq//lock/release",
                "/mdoq/./lock/release",
                "/mdoq/lock/../lock/release",
                "/job/x/..;/../mdoq/lock/release",
                "/mdoq/lock/release/../../../script",
                "/mdoq/lock/release%00",
                "/jenkins/mdoq/lock/release",
                "/job/a/1/mdoq/release"
            })
    void shouldKnowNoOtherPath(String uri) {
        assertThat(LockApiPath.action("", uri)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mdoq/lock/release", "/jenkins/jenkins/mdoq/lock/release", "/jenkinsmdoq/lock/release"})
    void shouldBeBelowTheContextPathAlone(String uri) {
        assertThat(LockApiPath.action("/jenkins", uri)).isNull();
    }
}
