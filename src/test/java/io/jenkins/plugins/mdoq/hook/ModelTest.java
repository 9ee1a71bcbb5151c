package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A model of the protocol: random lives of a process with the real engine, journal and lock API, in {@link ModelWorld}. Each life
 * has a seed of its own, which a failure names together with the shortest life that was found to fail in the same way.
 *
 * <ul>
 *   <li>{@code -Dmdoq.model.steps=1000000} for the long run
 *   <li>{@code -Dmdoq.model.seed=N} to begin with another seed; with {@code -Dmdoq.model.steps=1}, to live one life again
 * </ul>
 */
class ModelTest {

    /** Held, as loggers that nobody holds forget their level. */
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.mdoq");

    private static final int STEPS = 20_000;
    private static final int STEPS_OF_A_LIFE = 80;

    private final ModelStatistics statistics = new ModelStatistics();

    private static Action<ModelWorld> action(
            String name, Predicate<ModelWorld> when, BiConsumer<ModelWorld, Integer> what) {
        return new Action.Independent<>() {
            @Override
            public boolean precondition(ModelWorld world) {
                return when.test(world);
            }

            @Override
            public Arbitrary<Transformer<ModelWorld>> transformer() {
                return Arbitraries.integers()
                        .between(0, 1 << 20)
                        .withDistribution(RandomDistribution.uniform())
                        .withoutEdgeCases()
                        .map(choice -> Transformer.mutate(name + "(" + choice + ")", world -> {
                            if (when.test(world)) {
                                world.statistics.steps++;
                                what.accept(world, choice);
                                world.check();
                            }
                        }));
            }
        };
    }

    private RandomGenerator<ActionChain<ModelWorld>> lives() {
        Predicate<ModelWorld> up = ModelWorld::isUp;
        return ActionChain.startWith(() -> new ModelWorld(statistics))
                .withAction(4, action("fire", up, ModelWorld::fire))
                .withAction(24, action("work", up, ModelWorld::work))
                .withAction(12, action("reply", up, ModelWorld::reply))
                .withAction(12, action("call", up, ModelWorld::call))
                .withAction(8, action("pass", up, ModelWorld::pass))
                .withAction(3, action("operate", up, ModelWorld::operate))
                .withAction(4, action("cutPower", up, ModelWorld::cutPower))
                .withAction(1, action("cancel", up, ModelWorld::cancel))
                .withAction(1, action("setClock", up, ModelWorld::setClock))
                .withAction(40, action("restart", up.negate(), (world, choice) -> world.restart()))
                .withMaxTransformations(STEPS_OF_A_LIFE)
                .generator(1_000);
    }

    private static Optional<Throwable> live(Supplier<ModelWorld> life) {
        try {
            life.get().finish();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private Optional<Throwable> live(List<Transformer<ModelWorld>> steps) {
        return live(() -> {
            ModelWorld world = new ModelWorld(new ModelStatistics());
            steps.forEach(step -> step.apply(world));
            return world;
        });
    }

    /** Leaves steps out for as long as what is left fails, many at once first. */
    private AssertionError failure(long seed, List<Transformer<ModelWorld>> life, Throwable why) {
        List<Transformer<ModelWorld>> shortest = life;
        Throwable reason = why;
        for (int size = Math.max(1, life.size() / 2); size > 0; size = size == 1 ? 0 : size / 2) {
            for (int from = 0; from < shortest.size(); ) {
                List<Transformer<ModelWorld>> shorter = new ArrayList<>(shortest);
                shorter.subList(from, Math.min(from + size, shorter.size())).clear();
                Optional<Throwable> failed = live(shorter);
                if (failed.isPresent()) {
                    shortest = shorter;
                    reason = failed.get();
                } else {
                    from += size;
                }
            }
        }
        return new AssertionError(
                "seed " + seed + " (again with -Dmdoq.model.steps=1 -Dmdoq.model.seed=" + seed + "), shortest life: "
                        + shortest.stream().map(Transformer::transformation).toList(),
                reason);
    }

    /** Refusals are all in order here, and there are very many of them. */
    @BeforeEach
    void beQuiet() {
        LOGGER.setLevel(Level.SEVERE);
    }

    @AfterEach
    void speak() {
        LOGGER.setLevel(null);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS) // for the long form
    void shouldHoldItsPromisesWhateverHappens() {
        long steps = Long.getLong("mdoq.model.steps", STEPS);
        long first = Long.getLong("mdoq.model.seed", 1);
        JqwikSession.run(() -> {
            RandomGenerator<ActionChain<ModelWorld>> lives = lives();
            for (long seed = first; statistics.steps < steps; seed++) {
                ActionChain<ModelWorld> life = lives.next(new Random(seed)).value();
                statistics.lives++;
                Optional<Throwable> failed = live(life::run);
                if (failed.isPresent()) {
                    throw failure(seed, life.transformers(), failed.get());
                }
                JqwikSession.finishTry();
            }
        });
        System.out.println("Model, seeds from " + first + ": " + statistics);
        if (steps >= STEPS) {
            // What never happens is not tried.
            assertThat(statistics.verdicts).containsOnlyKeys(Outcome.values());
            assertThat(statistics.calls)
                    .containsKeys("release 200", "release 409", "release 410", "release 400", "log 200", "status 200");
            assertThat(statistics.cutsInTheMiddle).isPositive();
            assertThat(statistics.operated).isPositive();
        }
    }
}
