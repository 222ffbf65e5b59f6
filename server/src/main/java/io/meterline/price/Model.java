package io.meterline.price;

import java.math.BigDecimal;
import java.util.List;

/** How units are priced, before the {@link Terms} that every price may have. */
public sealed interface Model {

    /** A model that looks at one quantity: all but {@link Percentage}, which looks at each event. */
    sealed interface OfQuantity extends Model
            permits Flat, PerUnit, Graduated, Volume, Packages, Stairstep, GraduatedPercentage {

        /** What these units cost, exactly; no line for units that are free. */
        List<Line> lines(Units units);
    }

    /** A share of the amount of each event. */
    sealed interface OfEvents extends Model permits Percentage {

        /**
         * What these events cost, exactly.
         *
         * @param amounts of the events, in the order of time
         */
        List<Line> lines(Iterable<BigDecimal> amounts);
    }
}
