package io.meterline.price;

import java.math.BigDecimal;

/**
 * One step of a tiered price: the quantities above the previous tier's bound, up to and including its own.
 *
 * @param number counted from 1, as the user wrote the tiers
 * @param upTo where it ends
 * @param unitAmount of a unit; the rate in a graduated percentage; zero in a stairstep
 * @param flatAmount of the tier as a whole
 */
public record Tier(int number, Bound upTo, BigDecimal unitAmount, BigDecimal flatAmount) {}
