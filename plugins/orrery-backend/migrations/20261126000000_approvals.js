// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('activity', table => {
    table.string('plugin', 100);
    table.text('input');
    table.string('resource_version', 255);
    table.string('needed_until', 30);
    table.string('decision', 20);
    table.string('decided_by', 255);
    table.string('decided_at', 30);
    table.text('decision_reason');
    table.index(['state', 'needed_until'], 'activity_waiting_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('activity', table => {
    table.dropIndex(['state', 'needed_until'], 'activity_waiting_index');
  });
  await knex.schema.alterTable('activity', table => {
    table.dropColumns(
      'plugin',
      'input',
      'resource_version',
      'needed_until',
      'decision',
      'decided_by',
      'decided_at',
      'decision_reason',
    );
  });
};
