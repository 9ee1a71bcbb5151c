/** What several packages' tests need: time that moves by hand, JSON, the protocol's words. Knows neither Jenkins nor the engine. */
package io.jenkins.plugins.mdoq.kit;
