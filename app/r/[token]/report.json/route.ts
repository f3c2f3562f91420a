import { viewerAccess } from '#app/access.ts';
import { jsonAnswer } from '#app/result/answers.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  return jsonAnswer(viewerAccess(token));
}
