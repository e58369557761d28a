"""Where a file goes: Qt's own folder dialog, as far as it goes in the clerk's words."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "在",
    QFileDialog.DialogLabel.FileName: "文件夹",
    QFileDialog.DialogLabel.FileType: "列出",
    QFileDialog.DialogLabel.Accept: "存到这里",
    QFileDialog.DialogLabel.Reject: "不存了",
}


def folder_dialog(parent: QWidget, title: str, begin: Path) -> QFileDialog:
    """A dialog over the window that asks for one folder, and goes for good when it is closed."""
    dialog = QFileDialog(parent, title, str(begin))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    # plain names: the columns of the other view are titled in English
    dialog.setViewMode(QFileDialog.ViewMode.List)
    dialog.setNameFilter("文件夹")
    for label, words in _LABELS.items():
        dialog.setLabelText(label, words)
    places = dict.fromkeys((begin, Path.home()))
    dialog.setSidebarUrls([QUrl.fromLocalFile(str(place)) for place in places])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
