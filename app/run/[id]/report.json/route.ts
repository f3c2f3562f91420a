import { ownerAccess } from '#app/access.ts';
import { jsonAnswer } from '#app/result/answers.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return jsonAnswer(ownerAccess(id));
}
