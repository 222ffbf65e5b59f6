package io.meterline.billing.simulation;

import io.meterline.billing.Products;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.statement.Snapshots;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.meter.Aggregators;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventReader;
import java.time.InstantSource;

/** What simulations stand on. */
public record SimulationTools(
        ControlDatabase database,
        EventReader events,
        CustomerDirectory directory,
        Products products,
        Aggregators aggregators,
        Subscriptions subscriptions,
        Snapshots snapshots,
        DiskSpace disk,
        InstantSource clock) {}
