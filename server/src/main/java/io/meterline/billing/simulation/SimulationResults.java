package io.meterline.billing.simulation;

import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came out of simulations, customer by customer. */
public final class SimulationResults {

    private final Simulations simulations;
    private final ResultFolder folder;
    private final CustomerDirectory directory;

    SimulationResults(Simulations simulations, ResultFolder folder, CustomerDirectory directory) {
        this.simulations = simulations;
        this.folder = folder;
        this.directory = directory;
    }

    /** A page of what customers pay. Throws {@code unknown_simulation}, {@code no_result} and {@code unknown_candidate}. */
    public CustomerPage customers(Environment environment, String id, CustomerQuery query) {
        Simulation one = withResult(environment, id);
        int candidate = candidate(one, query.candidate());
        Set<Long> customers = query.customer() == null ? null : directory.expand(environment, query.customer());
        try (ResultReader reader = reader(one)) {
            CustomerList.Found found = new CustomerList(query, candidate, customers).read(reader);
            return new CustomerPage(
                    one.request().candidates().stream().map(it -> it.name()).toList(),
                    new Names(directory)
                            .of(found.rows().stream()
                                    .map(row -> new Names.Found(row, List.of()))
                                    .toList()),
                    found.total(),
                    found.next());
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be read", e);
        }
    }

    /** A part of what customers pay; the amounts of candidates are in the order of {@code candidates}. */
    public record CustomerPage(
            List<String> candidates, List<CustomerAmounts> customers, long total, CustomerQuery.@Nullable Place next) {}

    private static int candidate(Simulation one, @Nullable String name) {
        List<String> names =
                one.request().candidates().stream().map(it -> it.name()).toList();
        int index = name == null ? 0 : names.indexOf(name);
        if (index < 0) {
            throw new RuleException(
                    Kind.INVALID,
                    "unknown_candidate",
                    "The simulation has no candidate of this name; it has " + String.join(", ", names) + ".");
        }
        return index;
    }

    /** What customers pay in each period, from the beginning to the end; to be closed. Throws as {@link #customers}. */
    public AmountsReader amounts(Environment environment, String id) {
        Simulation one = withResult(environment, id);
        try {
            return new AmountsReader(one, reader(one), new Names(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be read", e);
        }
    }

    private ResultReader reader(Simulation one) throws IOException {
        return new ResultReader(
                folder.file(one.id()), 1 + one.request().candidates().size());
    }

    /** One that has succeeded. Throws {@code unknown_simulation} and {@code no_result}. */
    public Simulation withResult(Environment environment, String id) {
        Simulation one = simulations.get(environment, id);
        if (one.result() == null) {
            throw new RuleException(
                    Kind.CONFLICT,
                    "no_result",
                    "The simulation is " + one.status().text()
                            + (one.status().isOver()
                                    ? "; it has no result."
                                    : "; its result comes when it has succeeded."));
        }
        return one;
    }
}
