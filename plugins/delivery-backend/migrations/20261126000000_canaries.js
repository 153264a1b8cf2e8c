// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('canary_plans', table => {
    table.comment('Canaries of our own: what they want and where they are');
    table.string('id', 36).primary();
    table.string('cluster', 100).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('workload', 253).notNullable();
    // The same text while a plan is active, null after: one active plan each.
    table.string('active_key', 420).unique();
    table.text('plan').notNullable();
    table.text('context').notNullable();
    table.text('state').notNullable();
    table.string('phase', 20).notNullable();
    table.string('started_by', 255).notNullable();
    table.text('purpose').notNullable();
    table.string('created_at', 30).notNullable();
    table.string('updated_at', 30).notNullable().index();
    // Grows with every change; a writer must name the one it read.
    table.integer('revision').notNullable();
    // Which driver is at it, and until when.
    table.string('lease_holder', 100);
    table.string('lease_until', 30);
    table.index(['cluster', 'namespace', 'workload']);
  });
  await knex.schema.createTable('canary_events', table => {
    table.comment('What happened to canaries, whichever engine walks them');
    table.string('id', 36).primary();
    table.string('ref', 420).notNullable();
    table.string('at', 30).notNullable();
    table.string('kind', 20).notNullable();
    table.text('title').notNullable();
    table.text('detail');
    table.string('actor', 255);
    table.index(['ref', 'at']);
  });
  await knex.schema.createTable('canary_gates', table => {
    table.comment('Gates of Flagger that people open');
    table.string('ref', 420).notNullable();
    table.string('type', 40).notNullable();
    table.string('checksum', 200).notNullable();
    table.boolean('is_open').notNullable();
    table.string('asked_at', 30);
    table.string('last_asked_at', 30);
    table.string('decided_by', 255);
    table.string('decided_at', 30);
    table.text('reason');
    table.primary(['ref', 'type']);
  });
  await knex.schema.createTable('canary_notices', table => {
    table.comment(
      'What owners were told, so that several backends tell it once',
    );
    table.string('ref', 420).notNullable();
    table.string('key', 200).notNullable();
    table.string('at', 30).notNullable();
    table.primary(['ref', 'key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('canary_notices');
  await knex.schema.dropTable('canary_gates');
  await knex.schema.dropTable('canary_events');
  await knex.schema.dropTable('canary_plans');
};
