/** Which finding codes a probe can draft: itself, and by those functions of its judges that it reaches. */
import { goalOf } from './imports.ts';
import { callsOf, isNode, literal, nodesOf, type SyntaxNode, treeOf } from './sources.ts';

/** What stands at the top of a file under a name of its own. */
interface Declaration {
  readonly codes: readonly string[];
  /** Every name that occurs in it. */
  readonly uses: ReadonlySet<string>;
}

interface Place {
  readonly file: string;
  readonly name: string;
}

interface Module {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** By the name that the file itself has for it. */
  readonly imports: ReadonlyMap<string, Place>;
}

const JUDGES = /^lib\/probes\/(judging|survey)\//;

/** The codes of everything in the file, and of all that it leads to. */
export function draftedWith(file: string): string[] {
  const modules = new Map<string, Module>();
  const moduleOf = (path: string): Module => {
    const known = modules.get(path) ?? readModule(path);
    modules.set(path, known);
    return known;
  };
  const seen = new Set<string>();
  const codes = new Set<string>();
  const open: Place[] = [...moduleOf(file).declarations.keys()].map((name) => ({ file, name }));
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { file: here, name } = place;
    const id = `${here} ${name}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const { declarations, imports } = moduleOf(here);
    const declaration = declarations.get(name);
    for (const code of declaration?.codes ?? []) codes.add(code);
    for (const used of declaration?.uses ?? [name]) {
      const imported = imports.get(used);
      if (imported !== undefined && JUDGES.test(imported.file)) open.push(imported);
      else if (declarations.has(used)) open.push({ file: here, name: used });
    }
  }
  return [...codes].sort();
}

function readModule(file: string): Module {
  const statements = (treeOf(file).body as unknown[]).filter(isNode);
  const imports = statements.filter(({ type, importKind }) => type === 'ImportDeclaration' && importKind !== 'type');
  return {
    declarations: new Map(statements.flatMap(declarationsIn)),
    imports: new Map(imports.flatMap((statement) => importedBy(statement, file))),
  };
}

function importedBy({ source, specifiers }: SyntaxNode, file: string): [string, Place][] {
  const goal = goalOf(file, literal(source) ?? '');
  return (specifiers as SyntaxNode[]).map((one) => {
    const local = nameOf(one.local);
    // Of a module that is taken as a whole nobody could say what is used.
    if (one.type !== 'ImportSpecifier') throw new Error(`${file} imports ${goal} without naming what`);
    return [local, { file: goal, name: nameOf(one.imported) }];
  });
}

function declarationsIn(statement: SyntaxNode): [string, Declaration][] {
  const inner = isNode(statement.declaration) ? statement.declaration : statement;
  if (inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration')
    return [[nameOf(inner.id), declarationOf(inner)]];
  if (inner.type !== 'VariableDeclaration') return [];
  return (inner.declarations as SyntaxNode[]).map((one) => [nameOf(one.id), declarationOf(one)]);
}

function declarationOf(node: SyntaxNode): Declaration {
  return {
    codes: callsOf(node, 'draft').flatMap(([code]) => literal(code) ?? []),
    uses: new Set(nodesOf(node, 'Identifier').map(nameOf)),
  };
}

function nameOf(node: unknown): string {
  return isNode(node) ? String(node.name ?? node.value) : '';
}
