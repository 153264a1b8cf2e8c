export {
  formatViewState,
  linkWithViewState,
  parseViewState,
  type ViewState,
} from './scope';
