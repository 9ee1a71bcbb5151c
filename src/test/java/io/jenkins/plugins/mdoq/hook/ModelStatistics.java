package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What happened in the model: what never happened was not tried. */
final class ModelStatistics {

    int lives;
    long steps;
    long tasks;
    long timers;
    long requests;
    long facts;
    long clocks;
    long operated;
    long restarts;
    long cutsInTheMiddle;
    final Map<String, Integer> calls = new TreeMap<>();
    final Map<Outcome, Integer> verdicts = new EnumMap<>(Outcome.class);

    void called(String action, int status) {
        calls.merge(action + " " + status, 1, Integer::sum);
    }

    void settled(Outcome outcome) {
        verdicts.merge(outcome, 1, Integer::sum);
    }

    @Override
    public String toString() {
        return steps + " steps in " + lives + " lives: " + tasks + " tasks, " + timers + " timers, " + requests
                + " requests, " + facts + " facts told, lock API " + calls + ", " + operated
                + " releases by operators, clock set " + clocks
                + " times, " + restarts + " restarts, " + cutsInTheMiddle
                + " power cuts in the middle of something; verdicts "
                + verdicts;
    }
}
