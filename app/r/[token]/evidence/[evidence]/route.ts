import { viewerAccess } from '#app/access.ts';
import { evidenceAnswer } from '#app/result/answers.ts';

type Parameters = Promise<{ token: string; evidence: string }>;

export async function GET(_request: Request, { params }: { params: Parameters }): Promise<Response> {
  const { token, evidence } = await params;
  return evidenceAnswer(viewerAccess(token), evidence);
}
