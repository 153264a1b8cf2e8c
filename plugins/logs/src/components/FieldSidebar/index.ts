export { FieldSidebar, type FieldSidebarProps } from './FieldSidebar';
