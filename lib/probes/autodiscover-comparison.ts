/** Lays all answers side by side: servers behind one name, or ways to the same mailbox, that were set up differently. */
import type { Net } from '#lib/net/door.ts';
import type { ComparisonEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type Difference, differences } from '#lib/wire/autodiscover/compare.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export interface ComparisonInput extends Subject {
  readonly documents: readonly SettingsDocument[];
}

/** As many as a person will look into; the evidence has more. */
const MOST_FINDINGS = 4;
const MOST_ROWS = 100;

export const autodiscoverComparison: Probe<Net, ComparisonInput, readonly SettingsDocument[], void> = {
  id: 'autodiscover-comparison',
  titles: {
    planned: () => title('autodiscover-comparison.planned', {}),
    failed: () => title('autodiscover-comparison.failed', {}),
  },
  emits: ['autodiscover.answers-differ'],
  observe: async (_net, { documents }) => documents,
  judge: (documents) => {
    const labelled = documents.flatMap(({ host, form, comparable }) =>
      comparable === null ? [] : [{ label: `${host} (${form})`, document: comparable, question: form }],
    );
    if (labelled.length < 2) return { ok: false, notNeeded: true, title: title('autodiscover-comparison.nothing', {}) };
    const found = differences(labelled);
    const labels = labelled.map(({ label }) => label);
    return {
      ok: true,
      value: undefined,
      title:
        found.length === 0
          ? title('autodiscover-comparison.passed', { count: labelled.length })
          : title('autodiscover-comparison.differs', {}),
      findings: found.slice(0, MOST_FINDINGS).map((difference) => differ(difference, labels)),
      evidence: [{ kind: 'comparison', body: drawn(found, labels) }],
    };
  },
};

/** The first two that do not say the same. */
function differ({ setting, values }: Difference, labels: readonly string[]): FindingDraft {
  const first = values.findIndex((value) => value !== null);
  const second = values.findIndex((value, at) => at > first && value !== null && value !== values[first]);
  const other = second < 0 ? values.indexOf(null) : second;
  const say = (at: number): string => `${labels[at] ?? '?'}: ${(values[at] ?? 'nothing').slice(0, 300)}`;
  return draft('autodiscover.answers-differ', { what: setting, first: say(first), second: say(other) });
}

function drawn(found: readonly Difference[], sources: readonly string[]): ComparisonEvidence {
  const rows = found.slice(0, MOST_ROWS).map(({ setting, values }) => ({
    setting: setting.slice(0, 300),
    values: values.map((value) => value?.slice(0, 2_000) ?? null),
    differs: true,
  }));
  return { sources: [...sources], rows };
}
