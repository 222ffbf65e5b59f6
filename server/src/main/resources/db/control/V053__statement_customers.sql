-- Customers whose events a closed statement counts besides those of its subscription's own: merged into it at the close. Found
-- by when they are erased, whatever became of the merge.
CREATE TABLE statement_customers (
    customer BIGINT NOT NULL,
    owner BIGINT NOT NULL REFERENCES subscriptions (number),
    number BIGINT NOT NULL,
    PRIMARY KEY (customer, owner, number)
);
