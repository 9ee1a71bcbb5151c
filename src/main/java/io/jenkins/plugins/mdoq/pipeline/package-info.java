/** The Pipeline steps and their executions, and what connects the engine with Jenkins. */
package io.jenkins.plugins.mdoq.pipeline;
