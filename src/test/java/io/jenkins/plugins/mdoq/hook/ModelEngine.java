package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.Throttle;
import java.util.Random;

/** The parts of an engine that knows nothing but what is on disk, and does nothing but what it is made to. */
final class ModelEngine {

    final ManualScheduler scheduler;
    final QueueExecutor executor = new QueueExecutor();
    final LockWaiters held = new LockWaiters();
    final FakeHttp http;
    final Locks locks;
    final LockApi api;
    final ReleaseHook hook;

    /** @param sender through which requests leave */
    ModelEngine(ModelTime time, TestDirectory directory, WebhookSender sender) {
        scheduler = new ManualScheduler(time.uptime);
        http = new FakeHttp(scheduler);
        locks = new Locks(directory, directory, held, time, EngineFixture.LOCK_KEY);
        api = new LockApi(directory, directory, locks, new Throttle(time));
        hook = new ReleaseHook(new EngineServices(
                sender,
                new RetryPolicy(new Random(1)),
                scheduler,
                executor,
                time,
                directory,
                held,
                EngineFixture.LOCK_KEY));
    }
}
