/**
 * Measures what the engine promises of its speed and size, and prints one table. A harness of its own rather than JMH:
 * what is measured takes a disk, a network and thousands of waiting processes, not nanoseconds.
 */
package io.jenkins.plugins.mdoq.benchmarks;
