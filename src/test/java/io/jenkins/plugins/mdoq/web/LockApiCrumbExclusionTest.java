package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockApiCrumbExclusionTest {

    private final List<Object> passed = new ArrayList<>();
    private final FilterChain chain = (request, response) -> passed.add(request);

    @ParameterizedTest
    @ValueSource(strings = {"/mdoq/lock/release", "/mdoq/lock/log", "/mdoq/lock/status"})
    void shouldLetTheLockApiThroughOnce(String uri) throws Exception {
        HttpServletRequest request = FakeRequest.to("", uri);

        assertThat(new LockApiCrumbExclusion().process(request, null, chain)).isTrue();
        assertThat(passed).containsExactly(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mdoq/lock/release/",
                "/mdoq/lock/release;jsessionid=1",
                "/mdoq/lock%2Frelease",
                "/mdoq/lock/rele%61se",
                "//mdoq/lock/release",
                "/mdoq/lock/release/../../../script",
                "/mdoq/",
                "/job/a/1/mdoq/release",
                "/script"
            })
    void shouldLeaveEverythingElseToTheCrumb(String uri) throws Exception {
        assertThat(new LockApiCrumbExclusion().process(FakeRequest.to("", uri), null, chain))
                .isFalse();
        assertThat(passed).isEmpty();
    }

    @Test
    void shouldKnowTheContextPath() throws Exception {
        assertThat(new LockApiCrumbExclusion()
                        .process(FakeRequest.to("/jenkins", "/jenkins/mdoq/lock/log"), null, chain))
                .isTrue();
    }
}
