import { memo } from 'react';
import { textPieces } from '../../model/textPieces';
import styles from './LogLines.module.css';

/** The text of a line: what matched is marked, markup is only text. */
export const LineText = memo(
  (props: {
    text: string;
    highlights?: readonly (readonly [number, number])[];
  }) => {
    const pieces = textPieces(props.text, props.highlights);
    return (
      <>
        {pieces.map((piece, index) =>
          piece.isMarked ? (
            <mark key={index} className={styles.mark}>
              {piece.text}
            </mark>
          ) : (
            <span
              key={index}
              data-colour={piece.colour}
              className={piece.isBold ? styles.bold : undefined}
            >
              {piece.text}
            </span>
          ),
        )}
      </>
    );
  },
);
