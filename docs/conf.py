"""How the pages of this folder are built into a site, without network: `make site`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "extensions"))

import framescope  # noqa: E402 - after the path of our extensions

project = "framescope"
author = "framescope contributors"
version = release = framescope.__version__
language = "en-GB"
smartquotes = False  # which apostrophe stands there is what some sentences are about

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "shipped_lexicon",  # docs/extensions: the lexicon's page, from its file
    "one_source",  # what stands at the top of the repository is included, and its links lead to pages
    "commands",  # the help of each command
    "docstrings",  # doctests under a heading
    "accessible",  # for the keyboard, and for those who hear a page
]
exclude_patterns = ["extensions", "**/.ipynb_checkpoints"]

# Markdown and notebooks: outputs are those in the file, which the tests hold against a run.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["deflist", "colon_fence", "attrs_inline"]
myst_heading_anchors = 4
myst_links_external_new_tab = False

# Docstrings
default_role = "code"
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries_show_parents = "hide"

# Every reference to a name of ours must lead somewhere; Python's and other libraries' names have no page here.
nitpicky = True
nitpick_ignore_regex = [(r"py:.*", r"(?!framescope).*"), (r"py:.*", r"framescope\._core.*")]

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = f"framescope {release}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {"sidebar_hide_name": False, "top_of_page_buttons": []}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
