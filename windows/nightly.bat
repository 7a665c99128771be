@echo off
rem A batch every night, for Windows' Task Scheduler: put a copy beside the folder "clients".
rem Its exit code is that of the batch (docs\operations.md); what it says is added to batch.log.
setlocal EnableExtensions DisableDelayedExpansion
if not defined TOOLKIT_HOME set "TOOLKIT_HOME=%LOCALAPPDATA%\business-system-toolkit"
set "PYTHONUTF8=1"
pushd "%~dp0"
"%TOOLKIT_HOME%\venv\Scripts\python.exe" -m toolkit batch clients --out reports %* >> batch.log 2>&1
set "CODE=%ERRORLEVEL%"
popd
exit /b %CODE%
