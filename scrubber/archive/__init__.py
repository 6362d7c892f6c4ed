"""
Folders of logs and of training runs in, the same folders without personal data out.

`run` drives a job: it walks the sources, hands each file to an engine, and writes down what became
of it. A format knows how one kind of file is taken apart and put together again. Importing this
package imports none of them.
"""
