package io.meterline;

import io.meterline.access.AuditLog;
import io.meterline.access.Sessions;
import io.meterline.access.SignInLinks;
import io.meterline.access.Users;
import io.meterline.console.EventTypes;
import io.meterline.console.Pages;
import io.meterline.console.aggregator.AggregatorPages;
import io.meterline.console.customer.CustomerPages;
import io.meterline.console.event.EventPages;
import io.meterline.console.event.RejectedPages;
import io.meterline.console.event.SimulatePages;
import io.meterline.console.loader.ConnectionPages;
import io.meterline.console.loader.ImportPages;
import io.meterline.console.loader.LoaderFormPages;
import io.meterline.console.loader.LoaderPages;
import io.meterline.console.loader.RunPages;
import io.meterline.console.overview.OverviewPages;
import io.meterline.console.price.PriceParts;
import io.meterline.console.product.ProductForms;
import io.meterline.console.product.ProductListPages;
import io.meterline.console.product.ProductPages;
import io.meterline.console.search.SearchPages;
import io.meterline.console.settings.AccountPages;
import io.meterline.console.settings.AuditPages;
import io.meterline.console.settings.EnvironmentPages;
import io.meterline.console.settings.KeyPages;
import io.meterline.console.settings.UserPages;
import io.meterline.console.simulation.ComposePages;
import io.meterline.console.simulation.SimulationListPages;
import io.meterline.console.simulation.SimulationPages;
import io.meterline.console.simulation.WhatIf;
import io.meterline.console.subscription.StatementPages;
import io.meterline.console.subscription.SubscriptionFormPages;
import io.meterline.console.subscription.SubscriptionPages;
import java.time.InstantSource;
import java.util.List;

/** The pages of the console, area by area. */
final class ConsolePages {

    private ConsolePages() {}

    static List<Pages.Source> of(
            EventTypes eventTypes,
            InstantSource clock,
            Users users,
            SignInLinks links,
            Sessions sessions,
            AuditLog audit) {
        return List.of(
                new CustomerPages(clock),
                new AggregatorPages(eventTypes, clock),
                new OverviewPages(eventTypes, clock),
                new EventPages(eventTypes, clock),
                new RejectedPages(),
                new SimulatePages(eventTypes, clock),
                new LoaderPages(),
                new LoaderFormPages(),
                new ConnectionPages(),
                new RunPages(),
                new ImportPages(),
                new SearchPages(eventTypes),
                new SubscriptionPages(clock),
                new SubscriptionFormPages(clock),
                new StatementPages(clock),
                new EnvironmentPages(),
                new KeyPages(clock),
                new UserPages(users, links, audit),
                new AuditPages(audit, users),
                new AccountPages(users, sessions, audit),
                new PriceParts(),
                new ProductListPages(),
                new ProductPages(),
                new ProductForms(),
                new WhatIf(),
                new SimulationListPages(),
                new ComposePages(),
                new SimulationPages());
    }
}
