package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A history as the engine could have written it, up to some moment: attempts in their order, replies only to what is in
 * flight, releases and expiries only of locks that are held. A reply may come late, after its lock expired.
 */
record RandomHistory(Fact.Fired fired, List<Fact.OfDelivery> facts) {

    private static final List<String> DATA = List.of(
            "{}",
            "{'message':'m'}",
            "{'stop_release':true}",
            "{'rollback_release':'1'}",
            "{'stop_release':1,'rollback_release':true}",
            "{'stop_release':false,'message':'n'}");

    static RandomHistory random(Random random) {
        List<PlannedDelivery> plans = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            plans.add(Facts.plan(
                    "w" + i,
                    random.nextInt(3) > 0,
                    OnFail.values()[random.nextInt(3)],
                    OnDeliveryError.values()[random.nextInt(2)],
                    random.nextBoolean() ? null : 90L,
                    OnLockTimeout.values()[random.nextInt(OnLockTimeout.values().length)]));
        }
        Fact.Fired fired = Facts.fired(plans.toArray(PlannedDelivery[]::new));
        Facts make = new Facts();
        History history = History.of(List.of(fired));
        List<Fact.OfDelivery> facts = new ArrayList<>();
        for (int step = random.nextInt(plans.size() * 16 + 1); step > 0; step--) {
            PlannedDelivery plan = plans.get(random.nextInt(plans.size()));
            Fact.OfDelivery fact = next(history.event(fired.key()).entry(plan.id()), make, random);
            if (fact != null) {
                history.apply(fact);
                facts.add(fact);
            }
        }
        return new RandomHistory(fired, facts);
    }

    private static Fact.OfDelivery next(DeliveryHistory entry, Facts make, Random random) {
        String webhook = entry.plan().webhook();
        boolean inFlight = entry.attempts() > entry.failures().size() && entry.answer() == null;
        String data = DATA.get(random.nextInt(DATA.size()));
        switch (random.nextInt(6)) {
            case 0, 1:
                if (inFlight && random.nextBoolean()) {
                    return make.answer(webhook, Result.values()[random.nextInt(2)], data);
                }
                return inFlight
                        ? make.failure(webhook, entry.attempts(), entry.attempts() >= 2)
                        : entry.state().sending() ? make.attempt(webhook, entry.attempts() + 1) : null;
            case 2:
                return entry.held() ? make.progress(webhook, "note") : null;
            case 3:
                return entry.held() ? make.release(webhook, data) : null;
            case 4:
                String result = random.nextBoolean() ? "'result':'fail'" : "'result':'success'";
                return entry.held()
                        ? make.release(webhook, data.replace("}", (data.length() > 2 ? "," : "") + result + "}"))
                        : null;
            default:
                return entry.held() && random.nextInt(4) == 0 ? make.expiry(webhook) : null;
        }
    }

    EventHistory fold() {
        return Facts.eventHistory(fired, facts);
    }

    EventHistory fold(List<? extends Fact> others) {
        return Facts.eventHistory(fired, others);
    }

    /** The same story cut behind some facts. */
    RandomHistory first(int count) {
        return new RandomHistory(fired, facts.subList(0, count));
    }

    /** The same story with the webhooks in another order and their facts interleaved otherwise. */
    RandomHistory shuffled(Random random) {
        List<PlannedDelivery> plans = new ArrayList<>(fired.deliveries());
        java.util.Collections.shuffle(plans, random);
        Map<String, List<Fact.OfDelivery>> queues = new HashMap<>();
        for (Fact.OfDelivery fact : facts) {
            queues.computeIfAbsent(fact.delivery(), id -> new ArrayList<>()).add(fact);
        }
        List<Fact.OfDelivery> mixed = new ArrayList<>();
        while (!queues.isEmpty()) {
            List<String> ids = new ArrayList<>(queues.keySet());
            ids.sort(Comparator.naturalOrder());
            String id = ids.get(random.nextInt(ids.size()));
            mixed.add(queues.get(id).remove(0));
            if (queues.get(id).isEmpty()) {
                queues.remove(id);
            }
        }
        return new RandomHistory(Facts.fired(plans.toArray(PlannedDelivery[]::new)), mixed);
    }
}
