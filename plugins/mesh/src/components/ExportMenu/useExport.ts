import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  diagramOf,
  exportFileName,
  isWithinMermaidLimits,
  MERMAID_LIMITS,
  writeGraphDocument,
  writeMermaid,
  type Diagram,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { GraphRequest } from '../../api';
import {
  diagramOfPicture,
  exportPng,
  exportSvg,
  type PictureSource,
} from '../../canvas';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { saveFile } from './saveFile';
import { useExportWords, type Narrowing } from './useExportWords';

/** In what form a graph can be taken along. */
export type ExportFormat = 'png' | 'svg' | 'json' | 'mermaid' | 'copyMermaid';

/** What is exported. */
export type Exported = {
  /** As it is shown: without what is hidden. */
  graph: MeshGraph;
  request: GraphRequest;
  narrowing: Narrowing;
  /** Holds nothing where no picture is shown. */
  pictureRef: RefObject<PictureSource | undefined>;
};

/** How it goes. */
export type ExportState =
  | { type: 'idle' }
  /** `share` is 0..1. */
  | { type: 'working'; share: number }
  | { type: 'done'; text: string }
  | { type: 'failed'; text: string };

const TEXT_TYPES = { json: 'application/json', mmd: 'text/vnd.mermaid' };

/** Exports what is shown, one form at a time. */
export function useExport(exported: Exported): {
  state: ExportState;
  start: (format: ExportFormat) => void;
  cancel: () => void;
} {
  const { t } = useTranslationRef(meshTranslationRef);
  const { captionOf, reasonOf } = useExportWords();
  const format = useFormat();
  const [state, setState] = useState<ExportState>({ type: 'idle' });
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const { graph, request, narrowing, pictureRef } = exported;
  const clusters = graph.clusters ?? [graph.cluster];
  const save = (content: Blob, extension: string): string => {
    const name = exportFileName(clusters, graph.at, extension);
    saveFile(content, name);
    return t('export.saved', { name });
  };
  const saveText = (text: string, extension: 'json' | 'mmd') =>
    save(new Blob([text], { type: TEXT_TYPES[extension] }), extension);

  const diagram = (): Diagram => {
    const { title, subtitle } = captionOf(graph, narrowing);
    const about = { title, description: subtitle };
    const shown = pictureRef.current?.();
    return shown
      ? diagramOfPicture(shown.scene, shown.words, about)
      : diagramOf(graph, {
          ...about,
          nodeLabel: nodeText,
          edgeLabel: ({ traffic }) =>
            [
              traffic.requestsPerSecond === undefined
                ? ''
                : format.rate(traffic.requestsPerSecond),
              traffic.errorShare ? format.percent(traffic.errorShare) : '',
            ]
              .filter(Boolean)
              .join(' · '),
        });
  };

  const document = (): string => {
    const { namespaces, include, ...asked } = request;
    return writeGraphDocument(
      graph,
      {
        ...asked,
        namespaces: [...namespaces],
        include: include?.length ? [...include] : undefined,
        comparedWith: narrowing.comparedWith,
        find: narrowing.find || undefined,
        hide: narrowing.hide || undefined,
        levels: levelsOf(pictureRef.current?.()),
        link: window.location.href,
      },
      new Date().toISOString(),
    );
  };

  /** @returns what to tell when it is done */
  const run = async (
    wanted: ExportFormat,
    signal: AbortSignal,
  ): Promise<string> => {
    if (wanted === 'json') {
      return saveText(document(), 'json');
    }
    if (wanted === 'png' || wanted === 'svg') {
      const picture = await (wanted === 'png' ? exportPng : exportSvg)({
        shown: pictureRef.current?.(),
        caption: captionOf(graph, narrowing),
        signal,
        onShare: share =>
          signal.aborted || setState({ type: 'working', share }),
      });
      return save(picture, wanted);
    }
    const drawn = diagram();
    const text = writeMermaid(drawn);
    let done: string = t('export.copied');
    if (wanted === 'copyMermaid') {
      await navigator.clipboard.writeText(text);
    } else {
      done = saveText(text, 'mmd');
    }
    return isWithinMermaidLimits(drawn, text)
      ? done
      : `${done} ${t('export.mermaidLimits', {
          edges: format.number(drawn.edges.length),
          characters: format.number(text.length),
          mostEdges: format.number(MERMAID_LIMITS.edges),
          mostCharacters: format.number(MERMAID_LIMITS.characters),
        })}`;
  };

  const start = (wanted: ExportFormat) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    const finish = (next: ExportState) =>
      abort.signal.aborted || setState(next);
    setState({ type: 'working', share: 0 });
    run(wanted, abort.signal).then(
      text => finish({ type: 'done', text }),
      error => finish({ type: 'failed', text: reasonOf(error) }),
    );
  };
  const cancel = () => {
    running.current?.abort();
    setState({ type: 'idle' });
  };
  return { state, start, cancel };
}

function levelsOf(shown: ReturnType<PictureSource>) {
  return shown && { ...shown.levels, except: [...shown.levels.except] };
}
