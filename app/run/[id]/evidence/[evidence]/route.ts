import { ownerAccess } from '#app/access.ts';
import { evidenceAnswer } from '#app/result/answers.ts';

type Parameters = Promise<{ id: string; evidence: string }>;

export async function GET(_request: Request, { params }: { params: Parameters }): Promise<Response> {
  const { id, evidence } = await params;
  return evidenceAnswer(ownerAccess(id), evidence);
}
