/** Predictions as a report shows them: rows for machines, and evidence for people. */
import type { ClientsEvidence } from '#lib/result/evidence.ts';
import type { ClientOutcome } from '#lib/result/verdict.ts';
import { clientName } from '../clients.ts';
import type { ClientPrediction, TriedMethod } from './prediction.ts';
import { methodNames, protocolNames, transportNames } from './words.ts';

export interface ReportedClients {
  readonly clients: readonly ClientOutcome[];
  readonly evidence: ClientsEvidence;
}

export function reportClients(predictions: readonly ClientPrediction[]): ReportedClients {
  const clients = predictions.map(({ client, outcome, by, because, transport }) => {
    return { client, outcome, by: transport ?? by, because };
  });
  return { clients, evidence: { rows: predictions.map(toRow) } };
}

const resultWords: Readonly<Record<TriedMethod['result'], string>> = {
  settings: 'settings',
  nothing: 'nothing',
  unusable: 'nothing that it can use',
  unknown: 'not tested',
};

function toRow(prediction: ClientPrediction): ClientsEvidence['rows'][number] {
  const { client, outcome, by, because, methods, totalMs, knows, note, transport } = prediction;
  return {
    client,
    name: clientName(client),
    outcome,
    by: by && methodNames[by],
    ...(transport !== undefined && { transport: transport && transportNames[transport] }),
    because: [...because],
    methods: methods.map(({ method, result, elapsedMs }) => ({
      method: methodNames[method],
      result: resultWords[result],
      elapsedMs,
    })),
    totalMs,
    knows: knows.map(({ protocol, address }) => `${protocolNames[protocol]}: ${address}`),
    note,
  };
}
