-- The charges of one day, as an engineer would write them by hand: the yardstick for the questions in queries/.
WITH
    ['requests', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'cpu_core_seconds',
     'memory_gb_seconds', 'instance_seconds', 'gpu_seconds', 'storage_gb_hours', 'egress_bytes'] AS catalog,
    ('requests', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens') AS of_models,
    owners AS
    (
        SELECT app_id, team_id, cost_center, environment, lifecycle, valid_from, valid_to
        FROM apps WHERE valid_from < valid_to AND cost_center != ''
        UNION ALL
        SELECT
            a.app_id, a.team_id, t.cost_center, a.environment, a.lifecycle,
            greatest(a.valid_from, t.valid_from), least(a.valid_to, t.valid_to)
        FROM apps AS a INNER JOIN teams AS t ON a.team_id = t.team_id
        WHERE a.valid_from < a.valid_to AND a.cost_center = '' AND t.valid_from < t.valid_to
          AND a.valid_from < t.valid_to AND t.valid_from < a.valid_to
    ),
    claimed AS
    (
        SELECT
            u.time AS time, u.resource_id AS resource_id, u.environment AS claimed_environment, u.app_id AS claimed_app,
            u.meter AS meter, u.quantity AS quantity, u.sku_id AS sku_id, u.provider AS provider, u.model AS model,
            u.instance_type AS instance_type, u.region AS region, u.is_spot AS is_spot, u.is_estimated AS is_estimated,
            u.call_input_tokens AS call_input_tokens, u.event_digest AS event_digest,
            tag.team_id AS tag_team, tag.cost_center AS tag_cc, tag.environment AS tag_env, tag.lifecycle AS tag_life,
            own.team_id AS own_team, own.cost_center AS own_cc, own.environment AS own_env, own.lifecycle AS own_life,
            own.evidence AS own_evidence,
            u.is_authenticated AND u.time < tag.valid_to AND u.app_id != '' AS is_tag,
            NOT is_tag AND u.time < lease.valid_to AND u.lease_id != '' AS is_lease,
            NOT is_tag AND NOT is_lease AND u.time < own.valid_to AND u.resource_id != '' AS is_owner,
            multiIf(is_lease, lease.app_id, is_owner, own.app_id, '') AS indirect
        FROM usage AS u
        ASOF LEFT JOIN owners AS tag ON u.app_id = tag.app_id AND u.time >= tag.valid_from
        ASOF LEFT JOIN (SELECT * FROM leases WHERE valid_from < valid_to) AS lease
            ON u.lease_id = lease.lease_id AND u.time >= lease.valid_from
        ASOF LEFT JOIN (SELECT * FROM ownerships WHERE valid_from < valid_to) AS own
            ON u.resource_id = own.resource_id AND u.time >= own.valid_from
        WHERE u.time >= {day:Date} AND u.time < {day:Date} + 1
    ),
    priced AS
    (
        SELECT
            c.time AS at, c.sku_id AS sku, c.* EXCEPT (time, sku_id),
            c.time < app.valid_to AND c.indirect != '' AS has_app,
            multiIf(is_tag, tag_team, has_app AND app.team_id != '', app.team_id, is_owner, own_team, '') AS team,
            multiIf(is_tag, tag_cc, has_app AND app.cost_center != '', app.cost_center, is_owner, own_cc, '') AS cc,
            multiIf(is_tag, tag_env, has_app AND app.environment != '', app.environment, is_owner, own_env, '') AS env,
            multiIf(is_tag, tag_life, has_app AND app.lifecycle != '', app.lifecycle, is_owner, own_life, '') AS life,
            NOT is_tag AND NOT is_lease AND NOT is_owner AND c.time < e.valid_to AND c.claimed_environment != '' AS is_env,
            e.cost_center AS env_cc,
            c.time < p.valid_to AS has_price,
            length(arrayFilter(start -> start < c.call_input_tokens, p.tier_starts)) AS tier,
            if(has_price AND tier > 0, p.tier_unit_prices[tier], p.list_unit_price) AS unit_price,
            multiIf(NOT has_price, '', tier > 0, concat(p.sku_price_id, '>', toString(p.tier_starts[tier])), p.sku_price_id) AS price_id,
            p.pricing_block AS block, p.pricing_unit AS unit
        FROM claimed AS c
        ASOF LEFT JOIN owners AS app ON c.indirect = app.app_id AND c.time >= app.valid_from
        ASOF LEFT JOIN (SELECT * FROM environments WHERE valid_from < valid_to) AS e
            ON c.claimed_environment = e.environment AND c.time >= e.valid_from
        ASOF LEFT JOIN (SELECT * FROM prices WHERE valid_from < valid_to) AS p
            ON c.sku_id = p.sku_id AND c.time >= p.valid_from
    )
SELECT
    toDate(charge_period_start) AS charge_date, {generation:UInt64} AS generation,
    toStartOfHour(at) AS charge_period_start, charge_period_start + INTERVAL 1 HOUR AS charge_period_end,
    'Usage' AS charge_category, NULL AS charge_class, resource_id,
    if(is_tag, claimed_app, indirect) AS app_id, team AS team_id,
    if(is_env, env_cc, cc) AS booked, if(booked != '', booked, 'cc-unattributed') AS cost_center,
    if(claimed_environment != '', claimed_environment, env) AS environment, life AS lifecycle,
    multiIf(is_tag, 'app_tag', is_lease, 'lease', is_owner, 'resource_owner', is_env, 'environment', 'default') AS attribution_rule,
    is_owner AND own_evidence != '' AS is_reconciled, is_estimated, min(p.meter) AS meter,
    transform(meter, catalog, ['Inference', 'Inference', 'Inference', 'Inference', 'Inference', 'Containers', 'Containers',
        'Instances', 'Accelerators', 'Object Storage', 'Egress'], '') AS service_name,
    transform(meter, catalog, ['AI and Machine Learning', 'AI and Machine Learning', 'AI and Machine Learning',
        'AI and Machine Learning', 'AI and Machine Learning', 'Compute', 'Compute', 'Compute', 'Compute', 'Storage',
        'Networking'], '') AS service_category,
    if(meter IN of_models, min(p.provider), '') AS provider, if(meter IN of_models, min(p.model), '') AS model,
    if(meter IN ('instance_seconds', 'gpu_seconds'), min(p.instance_type), '') AS instance_type,
    if(meter NOT IN of_models, min(p.region), '') AS region,
    if(is_spot, 'Dynamic', 'Standard') AS pricing_category,
    multiIf(has_price, 'priced', meter = 'requests', 'counted', 'unpriced') AS pricing_status,
    sku AS sku_id, price_id AS sku_price_id, '' AS discount_rule_id, '' AS markup_rule_id,
    sum(quantity) AS consumed_quantity,
    transform(meter, catalog, ['Requests', 'Tokens', 'Tokens', 'Tokens', 'Tokens', 'Core-Seconds', 'GB-Seconds', 'Seconds',
        'Seconds', 'GB-Hours', 'B'], '') AS consumed_unit,
    if(has_price, unit_price, NULL) AS list_unit_price, if(has_price, block, 0) AS pricing_block,
    if(has_price, unit, '') AS pricing_unit,
    multiIf(
        has_price, CAST(consumed_quantity AS Decimal(76, 9)) * unit_price / greatest(block, 1),
        meter = 'requests', CAST(0 AS Decimal(76, 21)), NULL
    ) AS list_cost,
    list_cost AS effective_cost, list_cost AS billed_cost, 'USD' AS billing_currency,
    count() AS event_count, sum(p.event_digest) AS event_digest
FROM priced AS p
GROUP BY
    charge_period_start, resource_id, app_id, team_id, booked, cost_center, environment, lifecycle, attribution_rule,
    is_reconciled, is_estimated, is_spot, sku_id, sku_price_id, has_price, unit_price, block, unit
